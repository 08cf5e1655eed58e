import type { FieldError } from './field-error.ts';
import { duplicate, invalid, notSupported, required } from './field-error.ts';
import type { Path } from './path.ts';
import type { TextFormat } from './text-format.ts';

/**
 * What a value has to keep to: reports what is wrong with it, in the order in which Kubernetes does. The rules of a kind are
 * declared with the combinators below, in one place.
 */
export type Rule<T> = (value: T, at: Path, report: FieldError[]) => void;

export function validate<T>(rule: Rule<T>, value: T, at: Path): FieldError[] {
  const report: FieldError[] = [];
  rule(value, at, report);
  return report;
}

/**
 * Asks the rule once about each object: objects are immutable, so what kept to the rule still does, wherever it stands, as a
 * template in a Deployment and in its ReplicaSets. What is wrong is reported each time. For what is asked again: remembering has a price.
 */
export function onceRight<T extends object>(rule: Rule<T>): Rule<T> {
  const right = new WeakSet<T>();
  return (value, at, report) => {
    if (right.has(value)) return;
    const before = report.length;
    rule(value, at, report);
    if (report.length === before) right.add(value);
  };
}

export function inOrder<T>(...rules: readonly Rule<T>[]): Rule<T> {
  return (value, at, report) => {
    for (const rule of rules) rule(value, at, report);
  };
}

/** The rule of one field; it sees undefined where the field is absent. */
export function field<T, K extends keyof T & string>(name: K, rule: Rule<T[K]>): Rule<T> {
  return (value, at, report) => {
    rule(value[name], at.child(name), report);
  };
}

/** Applies to a field that was given; '' and 0 count as given, undefined does not. */
export function given<T>(rule: Rule<T>): Rule<T | undefined> {
  return (value, at, report) => {
    if (value !== undefined) rule(value, at, report);
  };
}

/** Applies to a text or number that is not Go's zero value. */
export function nonEmpty<T extends string | number>(rule: Rule<T>): Rule<T | undefined> {
  return (value, at, report) => {
    if (value !== undefined && value !== '' && value !== 0) rule(value, at, report);
  };
}

/** Required, and only what is there is checked further. */
export function requiredText(rule: Rule<string>, detail = ''): Rule<string | undefined> {
  return (value, at, report) => {
    if (value === undefined || value === '') report.push(required(at, detail));
    else rule(value, at, report);
  };
}

export function each<T>(rule: Rule<T>): Rule<readonly T[] | null | undefined> {
  return (list, at, report) => {
    list?.forEach((element, index) => rule(element, at.index(index), report));
  };
}

/** Every second and later element with a known identity is reported at its own place. */
export function unique<T>(
  identityOf: (element: T) => string,
  place: (at: Path) => Path = (at) => at,
): Rule<readonly T[] | undefined> {
  return (list, at, report) => {
    const seen = new Set<string>();
    list?.forEach((element, index) => {
      const identity = identityOf(element);
      if (seen.has(identity)) report.push(duplicate(place(at.index(index)), identity));
      seen.add(identity);
    });
  };
}

export function when<T>(condition: (value: T) => boolean, rule: Rule<T>): Rule<T> {
  return (value, at, report) => {
    if (condition(value)) rule(value, at, report);
  };
}

/** One of a closed list; Kubernetes sorts the list where it is a set. */
export function oneOf(supported: readonly string[]): Rule<string> {
  return (value, at, report) => {
    if (!supported.includes(value)) report.push(notSupported(at, value, supported));
  };
}

export function formatted(format: TextFormat): Rule<string> {
  return (value, at, report) => {
    for (const message of format(value)) report.push(invalid(at, value, message));
  };
}

export function numeric(check: (value: number) => readonly string[]): Rule<number> {
  return (value, at, report) => {
    for (const message of check(value)) report.push(invalid(at, value, message));
  };
}

export const nonNegative: Rule<number> = (value, at, report) => {
  if (value < 0) report.push(invalid(at, value, 'must be greater than or equal to 0'));
};
