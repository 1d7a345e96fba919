//! `check-rten MODEL INPUT HEIGHT WIDTH`: one photo through an ONNX file, its probabilities as JSON.
use rten::Model;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, model, input, height, width, ..] = &arguments[..] else {
        return Err("MODEL INPUT HEIGHT WIDTH".into());
    };
    let values: Vec<f32> = std::fs::read(input)?
        .chunks_exact(4)
        .map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()))
        .collect();
    let image = NdTensor::from_data([1, 3, height.parse()?, width.parse()?], values);
    let output: NdTensor<f32, 2> = Model::load_file(model)?
        .run_one(image.view().into(), None)?
        .try_into()?;
    println!("{{\"probabilities\":{:?}}}", output.to_vec());
    Ok(())
}
