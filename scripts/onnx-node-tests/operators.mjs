/** The operators whose cases count: those of image networks, and those that compute shapes. */
export const countedOperators = new Set(
  `Abs Add And ArgMax AveragePool BatchNormalization Cast CastLike Ceil Celu Clip Concat ConstantOfShape Conv ConvTranspose
  DepthToSpace Div Dropout Elu Equal Erf Exp Expand Flatten Floor Gather GatherND Gelu Gemm GlobalAveragePool GlobalMaxPool
  Greater GreaterOrEqual GroupNormalization HardSigmoid HardSwish Identity InstanceNormalization LRN LayerNormalization
  LeakyRelu Less LessOrEqual Log LogSoftmax MatMul Max MaxPool Mean Min Mish Mod Mul Neg Not Or PRelu Pad Pow Range
  Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceSum ReduceSumSquare Relu
  Reshape Resize Round ScatterND Selu Shape Sigmoid Sign Size Slice Softmax Softplus Softsign Split Sqrt Squeeze Sub Sum
  Swish Tanh ThresholdedRelu Tile Transpose Unsqueeze Upsample Where`.split(/\s+/),
);
