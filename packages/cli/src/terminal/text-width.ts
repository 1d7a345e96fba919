import stringWidth from "string-width";

/** ASCII, and what bars and tables are drawn with. */
const ONE_COLUMN_EACH = /^[ -~\u2500-\u257f·…–]*$/;

/**
 * Columns that a text takes in a terminal. `string-width` knows them of any text, by patterns whose first use takes as long
 * as a photo's classification.
 */
export const textWidth = (text: string): number =>
  ONE_COLUMN_EACH.test(text) ? text.length : stringWidth(text);
