/** A browser that a driver's protocol drives: for those that Playwright does not take as they are installed. */
export interface DrivenBrowser extends AsyncDisposable {
  /** Opens an address, with storage of its own. Resolves when the document and what it names have loaded. */
  page(address: string): Promise<DrivenPage>;
}

export interface DrivenPage {
  /** What a function gives in the page. It sees nothing but its argument; both are copied as JSON. */
  evaluate<Argument, Result>(
    work: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  close(): Promise<void>;
}
