/** The file's fixed parts: https://github.com/huggingface/safetensors#format. */
export const PREFIX_BYTES = 8;
export const METADATA_KEY = "__metadata__";
export const MAXIMUM_HEADER_BYTES = 100_000_000;
