;; The optimiser's pass over weights, momentum and gradients, 16 floats at a time, in place. All counts are
;; multiples of 16; padding is zero and stays zero. `scale` = -learningRate * clip factor, `decay` =
;; -learningRate * weight decay.
(module
  (import "state" "memory" (memory 1))

  ;; v = momentum*v + scale*g + decay*w;  w = w + v
  (func (export "momentum")
    (param $w i32) (param $v i32) (param $g i32) (param $count i32)
    (param $momentum f32) (param $scale f32) (param $decay f32)
    (local $end i32) (local $m v128) (local $s v128) (local $d v128) (local $weight v128) (local $velocity v128)
    (local.set $m (f32x4.splat (local.get $momentum)))
    (local.set $s (f32x4.splat (local.get $scale)))
    (local.set $d (f32x4.splat (local.get $decay)))
    (local.set $end (i32.add (local.get $w) (i32.shl (local.get $count) (i32.const 2))))
    (loop $next
      (if (i32.lt_u (local.get $w) (local.get $end)) (then
        (local.set $weight (v128.load (local.get $w)))
        (local.set $velocity
          (f32x4.add
            (f32x4.mul (local.get $m) (v128.load (local.get $v)))
            (f32x4.add
              (f32x4.mul (local.get $s) (v128.load (local.get $g)))
              (f32x4.mul (local.get $d) (local.get $weight)))))
        (v128.store (local.get $v) (local.get $velocity))
        (v128.store (local.get $w) (f32x4.add (local.get $weight) (local.get $velocity)))
        (local.set $w (i32.add (local.get $w) (i32.const 16)))
        (local.set $v (i32.add (local.get $v) (i32.const 16)))
        (local.set $g (i32.add (local.get $g) (i32.const 16)))
        (br $next)))))

  ;; step = scale*g + decay*w;  v = momentum*v + step;  w = w + momentum*v + step
  (func (export "nesterov")
    (param $w i32) (param $v i32) (param $g i32) (param $count i32)
    (param $momentum f32) (param $scale f32) (param $decay f32)
    (local $end i32) (local $m v128) (local $s v128) (local $d v128)
    (local $weight v128) (local $velocity v128) (local $step v128)
    (local.set $m (f32x4.splat (local.get $momentum)))
    (local.set $s (f32x4.splat (local.get $scale)))
    (local.set $d (f32x4.splat (local.get $decay)))
    (local.set $end (i32.add (local.get $w) (i32.shl (local.get $count) (i32.const 2))))
    (loop $next
      (if (i32.lt_u (local.get $w) (local.get $end)) (then
        (local.set $weight (v128.load (local.get $w)))
        (local.set $step
          (f32x4.add
            (f32x4.mul (local.get $s) (v128.load (local.get $g)))
            (f32x4.mul (local.get $d) (local.get $weight))))
        (local.set $velocity (f32x4.add (f32x4.mul (local.get $m) (v128.load (local.get $v))) (local.get $step)))
        (v128.store (local.get $v) (local.get $velocity))
        (v128.store (local.get $w)
          (f32x4.add (local.get $weight)
            (f32x4.add (f32x4.mul (local.get $m) (local.get $velocity)) (local.get $step))))
        (local.set $w (i32.add (local.get $w) (i32.const 16)))
        (local.set $v (i32.add (local.get $v) (i32.const 16)))
        (local.set $g (i32.add (local.get $g) (i32.const 16)))
        (br $next)))))

  ;; Sum of squares: four float32 lanes within blocks of 16,384 elements, float64 across blocks.
  (func (export "sumOfSquares") (param $g i32) (param $count i32) (result f64)
    (local $end i32) (local $block i32) (local $x v128) (local $lanes v128) (local $total f64)
    (local.set $end (i32.add (local.get $g) (i32.shl (local.get $count) (i32.const 2))))
    (loop $nextBlock
      (if (i32.lt_u (local.get $g) (local.get $end)) (then
        (local.set $lanes (v128.const f32x4 0 0 0 0))
        (local.set $block (i32.add (local.get $g) (i32.const 65536)))
        (if (i32.gt_u (local.get $block) (local.get $end)) (then (local.set $block (local.get $end))))
        (loop $next
          (if (i32.lt_u (local.get $g) (local.get $block)) (then
            (local.set $x (v128.load (local.get $g)))
            (local.set $lanes (f32x4.add (local.get $lanes) (f32x4.mul (local.get $x) (local.get $x))))
            (local.set $g (i32.add (local.get $g) (i32.const 16)))
            (br $next))))
        (local.set $total
          (f64.add (local.get $total)
            (f64.add
              (f64.add
                (f64.promote_f32 (f32x4.extract_lane 0 (local.get $lanes)))
                (f64.promote_f32 (f32x4.extract_lane 1 (local.get $lanes))))
              (f64.add
                (f64.promote_f32 (f32x4.extract_lane 2 (local.get $lanes)))
                (f64.promote_f32 (f32x4.extract_lane 3 (local.get $lanes)))))))
        (br $nextBlock))))
    (local.get $total)))
