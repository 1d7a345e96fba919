//! `check-tract MODEL INPUT HEIGHT WIDTH`: one photo through an ONNX file, its probabilities as JSON.
use tract_onnx::prelude::*;

#[path = "../../photo.rs"]
mod photo;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (model, values, [height, width]) = photo::given()?;
    let shape = [1, 3, height, width];
    let image = Tensor::from_shape(&shape, &values)?;
    let outputs = tract_onnx::onnx()
        .model_for_path(model)?
        .with_input_fact(0, f32::fact(shape).into())?
        .into_optimized()?
        .into_runnable()?
        .run(tvec!(image.into()))?;
    let probabilities: Vec<f32> = outputs[0].to_plain_array_view::<f32>()?.iter().copied().collect();
    println!("{{\"probabilities\":{probabilities:?}}}");
    Ok(())
}
