/** Some hosts answer with their index page where they have no file. */
export const isWebPage = ({ headers }: Response): boolean =>
  headers.get("content-type")?.startsWith("text/html") ?? false;
