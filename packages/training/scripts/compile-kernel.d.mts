export function compileKernel(file: URL): Promise<string>;
