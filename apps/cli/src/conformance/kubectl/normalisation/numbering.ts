/** Placeholders of distinct values in the order in which they come up: <nodePort>, <nodePort#2>, ... */
export class Numbering {
  private readonly word: string;
  private readonly known = new Map<string, string>();

  constructor(word: string) {
    this.word = word;
  }

  placeholder(value: string): string {
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const made = this.known.size === 0 ? `<${this.word}>` : `<${this.word}#${this.known.size + 1}>`;
    this.known.set(value, made);
    return made;
  }
}
