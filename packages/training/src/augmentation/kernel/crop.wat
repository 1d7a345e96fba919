;; What a random crop costs: resampling with the triangle filter of @fleuron/model (22-bit weights, rounded to 8 bits after
;; each pass), and recolouring, to the same bytes as in JavaScript. Reads and writes may go 16 bytes beyond what counts.
(module
  (import "crop" "memory" (memory 1))

  ;; Each of `rows` rows of RGB pixels becomes `count` pixels, four rows at a time: `first` and `taps` have the sources of
  ;; each, `weights` their weights from stride bytes to stride bytes.
  (func (export "alongRows")
    (param $source i32) (param $sourceStride i32) (param $target i32) (param $targetStride i32) (param $rows i32)
    (param $first i32) (param $taps i32) (param $weights i32) (param $stride i32) (param $count i32)
    (local $x i32) (local $from i32) (local $to i32) (local $tap i32) (local $end i32) (local $of i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $weight v128)
    (loop $nextRows
      (local.set $x (i32.const 0))
      (local.set $to (local.get $target))
      (local.set $of (local.get $weights))
      (loop $nextPixel
        (local.set $from (i32.add (local.get $source)
          (i32.mul (i32.const 3) (i32.load (i32.add (local.get $first) (i32.shl (local.get $x) (i32.const 2)))))))
        (local.set $tap (local.get $of))
        (local.set $end (i32.add (local.get $of)
          (i32.shl (i32.load (i32.add (local.get $taps) (i32.shl (local.get $x) (i32.const 2)))) (i32.const 2))))
        (local.set $a (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
        (local.set $b (local.get $a))
        (local.set $c (local.get $a))
        (local.set $d (local.get $a))
        (loop $nextTap
          (local.set $weight (v128.load32_splat (local.get $tap)))
          (local.set $a (i32x4.add (local.get $a) (i32x4.mul (local.get $weight)
            (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (local.get $from)))))))
          (local.set $b (i32x4.add (local.get $b) (i32x4.mul (local.get $weight)
            (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (i32.add (local.get $from) (local.get $sourceStride))))))))
          (local.set $c (i32x4.add (local.get $c) (i32x4.mul (local.get $weight)
            (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (i32.add (local.get $from) (i32.shl (local.get $sourceStride) (i32.const 1)))))))))
          (local.set $d (i32x4.add (local.get $d) (i32x4.mul (local.get $weight)
            (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (i32.add (local.get $from) (i32.mul (local.get $sourceStride) (i32.const 3)))))))))
          (local.set $from (i32.add (local.get $from) (i32.const 3)))
          (local.set $tap (i32.add (local.get $tap) (i32.const 4)))
          (br_if $nextTap (i32.lt_u (local.get $tap) (local.get $end))))
        (local.set $a (i8x16.narrow_i16x8_u
          (i16x8.narrow_i32x4_s (i32x4.shr_u (local.get $a) (i32.const 22)) (i32x4.shr_u (local.get $b) (i32.const 22)))
          (i16x8.narrow_i32x4_s (i32x4.shr_u (local.get $c) (i32.const 22)) (i32x4.shr_u (local.get $d) (i32.const 22)))))
        (v128.store32_lane 0 (local.get $to) (local.get $a))
        (v128.store32_lane 1 (i32.add (local.get $to) (local.get $targetStride)) (local.get $a))
        (v128.store32_lane 2 (i32.add (local.get $to) (i32.shl (local.get $targetStride) (i32.const 1))) (local.get $a))
        (v128.store32_lane 3 (i32.add (local.get $to) (i32.mul (local.get $targetStride) (i32.const 3))) (local.get $a))
        (local.set $to (i32.add (local.get $to) (i32.const 3)))
        (local.set $of (i32.add (local.get $of) (local.get $stride)))
        (local.set $x (i32.add (local.get $x) (i32.const 1)))
        (br_if $nextPixel (i32.lt_u (local.get $x) (local.get $count))))
      (local.set $source (i32.add (local.get $source) (i32.shl (local.get $sourceStride) (i32.const 2))))
      (local.set $target (i32.add (local.get $target) (i32.shl (local.get $targetStride) (i32.const 2))))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 4)))
      (br_if $nextRows (i32.gt_s (local.get $rows) (i32.const 0)))))

  ;; Rows of `length` bytes become `count` rows without a gap.
  (func (export "alongColumns")
    (param $source i32) (param $sourceStride i32) (param $target i32) (param $length i32)
    (param $first i32) (param $taps i32) (param $weights i32) (param $stride i32) (param $count i32)
    (local $y i32) (local $i i32) (local $start i32) (local $from i32) (local $tap i32) (local $end i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $weight v128)
    (local $levels v128) (local $half v128)
    (loop $nextRow
      (local.set $start (i32.add (local.get $source)
        (i32.mul (local.get $sourceStride) (i32.load (i32.add (local.get $first) (i32.shl (local.get $y) (i32.const 2)))))))
      (local.set $end (i32.add (local.get $weights)
        (i32.shl (i32.load (i32.add (local.get $taps) (i32.shl (local.get $y) (i32.const 2)))) (i32.const 2))))
      (local.set $i (i32.const 0))
      (loop $nextBytes
        (local.set $from (i32.add (local.get $start) (local.get $i)))
        (local.set $tap (local.get $weights))
        (local.set $a (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
        (local.set $b (local.get $a))
        (local.set $c (local.get $a))
        (local.set $d (local.get $a))
        (loop $nextTap
          (local.set $weight (v128.load32_splat (local.get $tap)))
          (local.set $levels (v128.load (local.get $from)))
          (local.set $half (i16x8.extend_low_i8x16_u (local.get $levels)))
          (local.set $a (i32x4.add (local.get $a) (i32x4.mul (local.get $weight) (i32x4.extend_low_i16x8_u (local.get $half)))))
          (local.set $b (i32x4.add (local.get $b) (i32x4.mul (local.get $weight) (i32x4.extend_high_i16x8_u (local.get $half)))))
          (local.set $half (i16x8.extend_high_i8x16_u (local.get $levels)))
          (local.set $c (i32x4.add (local.get $c) (i32x4.mul (local.get $weight) (i32x4.extend_low_i16x8_u (local.get $half)))))
          (local.set $d (i32x4.add (local.get $d) (i32x4.mul (local.get $weight) (i32x4.extend_high_i16x8_u (local.get $half)))))
          (local.set $from (i32.add (local.get $from) (local.get $sourceStride)))
          (local.set $tap (i32.add (local.get $tap) (i32.const 4)))
          (br_if $nextTap (i32.lt_u (local.get $tap) (local.get $end))))
        (v128.store (i32.add (local.get $target) (local.get $i))
          (i8x16.narrow_i16x8_u
          (i16x8.narrow_i32x4_s (i32x4.shr_u (local.get $a) (i32.const 22)) (i32x4.shr_u (local.get $b) (i32.const 22)))
          (i16x8.narrow_i32x4_s (i32x4.shr_u (local.get $c) (i32.const 22)) (i32x4.shr_u (local.get $d) (i32.const 22)))))
        (local.set $i (i32.add (local.get $i) (i32.const 16)))
        (br_if $nextBytes (i32.lt_u (local.get $i) (local.get $length))))
      (local.set $target (i32.add (local.get $target) (local.get $length)))
      (local.set $weights (i32.add (local.get $weights) (local.get $stride)))
      (local.set $y (i32.add (local.get $y) (i32.const 1)))
      (br_if $nextRow (i32.lt_u (local.get $y) (local.get $count)))))

  ;; The sum of the greys of so many pixels, one after the other.
  (func (export "sumOfGreys") (param $pixel i32) (param $count i32) (result f64)
    (local $end i32) (local $sum f64)
    (local.set $end (i32.add (local.get $pixel) (i32.mul (local.get $count) (i32.const 3))))
    (loop $next
      (local.set $sum (f64.add (local.get $sum)
        (f64.add
          (f64.add
            (f64.mul (f64.const 0.299) (f64.convert_i32_u (i32.load8_u (local.get $pixel))))
            (f64.mul (f64.const 0.587) (f64.convert_i32_u (i32.load8_u offset=1 (local.get $pixel)))))
          (f64.mul (f64.const 0.114) (f64.convert_i32_u (i32.load8_u offset=2 (local.get $pixel)))))))
      (local.set $pixel (i32.add (local.get $pixel) (i32.const 3)))
      (br_if $next (i32.lt_u (local.get $pixel) (local.get $end))))
    (local.get $sum))

  ;; level = ofLevel*level + (ofGrey*grey + constant), cut off to 0..255; four pixels at a time, two by two, in place.
  (func (export "recolour")
    (param $pixel i32) (param $count i32) (param $ofLevel f64) (param $ofGrey f64) (param $constant f64)
    (local $end i32) (local $bytes v128) (local $level v128) (local $grey v128) (local $shift v128)
    (local $r v128) (local $g v128) (local $b v128) (local $shared v128)
    (local $r0 v128) (local $g0 v128) (local $b0 v128) (local $r1 v128) (local $g1 v128) (local $b1 v128)
    (local.set $level (f64x2.splat (local.get $ofLevel)))
    (local.set $grey (f64x2.splat (local.get $ofGrey)))
    (local.set $shift (f64x2.splat (local.get $constant)))
    (local.set $end (i32.add (local.get $pixel) (i32.mul (local.get $count) (i32.const 3))))
    (loop $next
      (local.set $bytes (v128.load (local.get $pixel)))
      (local.set $r (f64x2.convert_low_i32x4_u
        (i8x16.shuffle 0 16 16 16 3 16 16 16 16 16 16 16 16 16 16 16 (local.get $bytes) (v128.const i32x4 0 0 0 0))))
      (local.set $g (f64x2.convert_low_i32x4_u
        (i8x16.shuffle 1 16 16 16 4 16 16 16 16 16 16 16 16 16 16 16 (local.get $bytes) (v128.const i32x4 0 0 0 0))))
      (local.set $b (f64x2.convert_low_i32x4_u
        (i8x16.shuffle 2 16 16 16 5 16 16 16 16 16 16 16 16 16 16 16 (local.get $bytes) (v128.const i32x4 0 0 0 0))))
      (local.set $shared (f64x2.add (local.get $shift) (f64x2.mul (local.get $grey)
        (f64x2.add
          (f64x2.add
            (f64x2.mul (v128.const f64x2 0.299 0.299) (local.get $r))
            (f64x2.mul (v128.const f64x2 0.587 0.587) (local.get $g)))
          (f64x2.mul (v128.const f64x2 0.114 0.114) (local.get $b))))))
      (local.set $r0 (i32x4.trunc_sat_f64x2_s_zero
          (f64x2.add (f64x2.mul (local.get $level) (local.get $r)) (local.get $shared))))
      (local.set $g0 (i32x4.trunc_sat_f64x2_s_zero
          (f64x2.add (f64x2.mul (local.get $level) (local.get $g)) (local.get $shared))))
      (local.set $b0 (i32x4.trunc_sat_f64x2_s_zero
          (f64x2.add (f64x2.mul (local.get $level) (local.get $b)) (local.get $shared))))
      (local.set $r (f64x2.convert_low_i32x4_u
        (i8x16.shuffle 6 16 16 16 9 16 16 16 16 16 16 16 16 16 16 16 (local.get $bytes) (v128.const i32x4 0 0 0 0))))
      (local.set $g (f64x2.convert_low_i32x4_u
        (i8x16.shuffle 7 16 16 16 10 16 16 16 16 16 16 16 16 16 16 16 (local.get $bytes) (v128.const i32x4 0 0 0 0))))
      (local.set $b (f64x2.convert_low_i32x4_u
        (i8x16.shuffle 8 16 16 16 11 16 16 16 16 16 16 16 16 16 16 16 (local.get $bytes) (v128.const i32x4 0 0 0 0))))
      (local.set $shared (f64x2.add (local.get $shift) (f64x2.mul (local.get $grey)
        (f64x2.add
          (f64x2.add
            (f64x2.mul (v128.const f64x2 0.299 0.299) (local.get $r))
            (f64x2.mul (v128.const f64x2 0.587 0.587) (local.get $g)))
          (f64x2.mul (v128.const f64x2 0.114 0.114) (local.get $b))))))
      (local.set $r1 (i32x4.trunc_sat_f64x2_s_zero
          (f64x2.add (f64x2.mul (local.get $level) (local.get $r)) (local.get $shared))))
      (local.set $g1 (i32x4.trunc_sat_f64x2_s_zero
          (f64x2.add (f64x2.mul (local.get $level) (local.get $g)) (local.get $shared))))
      (local.set $b1 (i32x4.trunc_sat_f64x2_s_zero
          (f64x2.add (f64x2.mul (local.get $level) (local.get $b)) (local.get $shared))))
      (local.set $bytes (i8x16.shuffle 0 4 8 1 5 9 12 16 20 13 17 21 0 0 0 0
        (i8x16.narrow_i16x8_u
          (i16x8.narrow_i32x4_s (local.get $r0) (local.get $g0))
          (i16x8.narrow_i32x4_s (local.get $b0) (local.get $r1)))
        (i8x16.narrow_i16x8_u
          (i16x8.narrow_i32x4_s (local.get $g1) (local.get $b1))
          (i16x8.narrow_i32x4_s (local.get $g1) (local.get $b1)))))
      (v128.store64_lane 0 (local.get $pixel) (local.get $bytes))
      (v128.store32_lane offset=8 2 (local.get $pixel) (local.get $bytes))
      (local.set $pixel (i32.add (local.get $pixel) (i32.const 12)))
      (br_if $next (i32.lt_u (local.get $pixel) (local.get $end))))))
