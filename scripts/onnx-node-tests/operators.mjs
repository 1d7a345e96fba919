const names = (text) => new Set(text.trim().split(/\s+/));

/** Operators that compute shapes: their cases count whatever numbers they are on. */
export const shapeOperators = names(`
  And Cast CastLike Ceil ConstantOfShape Equal Floor GatherND Greater GreaterOrEqual Less LessOrEqual Mod Not Or Range Round
  ScatterND Shape Sign Size`);

/** Operators of image networks: their cases on float32 count. */
export const imageOperators = names(`
  Abs Add ArgMax AveragePool BatchNormalization Celu Clip Concat Conv ConvTranspose DepthToSpace Div Dropout Elu Erf Exp
  Expand Flatten Gather Gelu Gemm GlobalAveragePool GlobalMaxPool GroupNormalization HardSigmoid HardSwish Identity
  InstanceNormalization LRN LayerNormalization LeakyRelu Log LogSoftmax MatMul Max MaxPool Mean Min Mish Mul Neg PRelu Pad
  Pow Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceSum ReduceSumSquare
  Relu Reshape Resize Selu Sigmoid Slice Softmax Softplus Softsign Split Sqrt Squeeze Sub Sum Swish Tanh ThresholdedRelu
  Tile Transpose Unsqueeze Upsample Where`);
