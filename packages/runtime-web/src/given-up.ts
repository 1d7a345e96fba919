/** An execution provider that cannot go on, for the reason that its message gives as half a sentence: the next one may. */
export class GivenUp extends Error {}
