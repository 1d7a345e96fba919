//! What is the same for every model, and so compiled once.
use burn::tensor::{Device, Tensor, TensorData};

/// `check-burn MODEL INPUT HEIGHT WIDTH`: one photo through the network, its probabilities as JSON.
pub fn run(network: impl Fn(Tensor<4>) -> Tensor<2>) -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, _, input, height, width, ..] = &arguments[..] else {
        return Err("MODEL INPUT HEIGHT WIDTH".into());
    };
    let values: Vec<f32> = std::fs::read(input)?
        .chunks_exact(4)
        .map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()))
        .collect();
    let shape = [1, 3, height.parse()?, width.parse()?];
    let image = Tensor::from_data(TensorData::new(values, shape), &Device::default());
    let probabilities = network(image).into_data().try_to_vec::<f32>()?;
    println!("{{\"probabilities\":{probabilities:?}}}");
    Ok(())
}
