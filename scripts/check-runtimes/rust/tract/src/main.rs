//! `check-tract MODEL INPUT HEIGHT WIDTH`: one photo through an ONNX file, its probabilities as JSON.
use tract_onnx::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, model, input, height, width, ..] = &arguments[..] else {
        return Err("MODEL INPUT HEIGHT WIDTH".into());
    };
    let values: Vec<f32> = std::fs::read(input)?
        .chunks_exact(4)
        .map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()))
        .collect();
    let shape = [1, 3, height.parse()?, width.parse()?];
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
