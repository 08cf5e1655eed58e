import { Input } from '../shell/streams.ts';

/** Input that may go on: notes whether somebody wanted more than there is yet. */
export class AskedInput extends Input {
  wasShort = false;
  private readonly isComplete: boolean;

  constructor(text: string, isComplete: boolean) {
    super(text);
    this.isComplete = isComplete;
  }

  override takeAll(): string {
    if (!this.isComplete) this.wasShort = true;
    return super.takeAll();
  }

  override takeLine(): string | undefined {
    if (!this.isComplete && !this.rest.includes('\n')) this.wasShort = true;
    return super.takeLine();
  }
}
