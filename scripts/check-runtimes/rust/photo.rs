//! What each program is given: `MODEL INPUT HEIGHT WIDTH`, a network and the values of one photo.
use std::error::Error;

/// The model's path, the photo's values and its sides.
pub fn given() -> Result<(String, Vec<f32>, [usize; 2]), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, model, input, height, width, ..] = &arguments[..] else {
        return Err("MODEL INPUT HEIGHT WIDTH".into());
    };
    let values = std::fs::read(input)?
        .chunks_exact(4)
        .map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()))
        .collect();
    Ok((model.clone(), values, [height.parse()?, width.parse()?]))
}
