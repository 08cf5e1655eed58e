import type { Finding } from '../checks/check-kind.ts';
import type { CheckDeclaration } from '../checks/declaration.ts';

export interface CheckRecord {
  readonly credit: number;
  readonly finding?: Finding;
}

/** What checks have come to so far. One that runs several times counts with its worst run. */
export class CheckLedger {
  private readonly records = new Map<string, CheckRecord>();

  record(check: CheckDeclaration, record: CheckRecord): void {
    const previous = this.records.get(check.id);
    if (!previous || record.credit < previous.credit) this.records.set(check.id, record);
  }

  of(check: CheckDeclaration): CheckRecord | undefined {
    return this.records.get(check.id);
  }
}
