export function runsTable(): string;
export function withTable(text: string): string;
