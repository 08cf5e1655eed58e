/** Characters that may be read again for the sake of indentation: a bound on work, far above what people write. */
const MAX_CHARACTERS_REREAD = 2_000_000;

/**
 * Inside brackets and quotes go-yaml takes lines of any indentation (`ports: [` ... `]` in column 1), YAML 1.2 and so the
 * tokenizer does not. White space at the start of such lines means nothing, so the tokenizer is given more of it, and offsets
 * are taken back to the text as it was.
 */
export class PaddedText {
  #text: string;
  /** Offsets in the padded text where `#width` spaces were put in, ascending. */
  readonly #paddings: number[] = [];
  #width = 0;
  #charactersLeft = MAX_CHARACTERS_REREAD;

  constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  /** Indents the line further than any other; false when that was done already or the bound on work is reached. */
  padLineOf(offset: number): boolean {
    if (this.#width === 0) this.#width = widestIndentation(this.#text) + 1;
    const start = Math.max(this.#text.lastIndexOf('\n', offset - 1), this.#text.lastIndexOf('\r', offset - 1)) + 1;
    this.#charactersLeft -= this.#text.length;
    if (this.#charactersLeft < 0 || start <= (this.#paddings.at(-1) ?? -1)) return false;
    this.#text = this.#text.slice(0, start) + ' '.repeat(this.#width) + this.#text.slice(start);
    this.#paddings.push(start);
    return true;
  }

  originalOffset(offset: number): number {
    let shift = 0;
    for (const start of this.#paddings) {
      if (start >= offset) break;
      shift += Math.min(this.#width, offset - start);
    }
    return offset - shift;
  }
}

function widestIndentation(text: string): number {
  let widest = 0;
  for (const match of text.matchAll(/(?:^|[\r\n])[ \t-]*/g)) widest = Math.max(widest, match[0].length);
  return widest;
}
