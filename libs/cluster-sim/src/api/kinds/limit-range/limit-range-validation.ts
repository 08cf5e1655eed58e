import type { LimitRange, LimitRangeItem } from '@kubedrill/kube-model';
import { quantities } from '../../quota/usage.ts';
import type { Quantity } from '../../quantity.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { duplicate, forbidden, invalid, required, shownNamed } from '../../validation/field-error.ts';
import { validateMetadata } from '../../validation/metadata.ts';
import { specPath, type Path } from '../../validation/path.ts';
import { dns1123Subdomain, qualifiedName } from '../../validation/text-format.ts';
import { containerResourceName, overcommits, resourceName } from '../pod-template/validation/resources.ts';

const types: ReadonlySet<string> = new Set(['Pod', 'Container', 'PersistentVolumeClaim']);
const oneNano = 1_000_000_000n;

/** ValidateLimitRange of pkg/apis/core/validation. Go's maps have no order: theirs here is the alphabet's. */
export function validateLimitRange({ metadata, spec }: LimitRange): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(metadata, true, dns1123Subdomain, report);
  const seen = new Set<string>();
  spec.limits?.forEach((item, index) => {
    const at = specPath.child('limits').index(index);
    typeName(item.type, at.child('type'), report);
    if (seen.has(item.type)) report.push(duplicate(at.child('type'), shownNamed(item.type)));
    seen.add(item.type);
    resourceNames(item, at, report);
    for (const name of namesOf(item)) relations(item, name, at, report);
  });
  return report;
}

function typeName(type: string, at: Path, report: FieldError[]): void {
  const messages = qualifiedName(type);
  for (const message of messages) report.push(invalid(at, shownNamed(type), message));
  if (messages.length === 0 && !type.includes('/') && !types.has(type))
    report.push(invalid(at, shownNamed(type), 'must be a standard limit type or fully qualified'));
}

const members = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;

function resourceNames(item: LimitRangeItem, at: Path, report: FieldError[]): void {
  const isPod = item.type === 'Pod';
  const rule = isPod || item.type === 'Container' ? containerResourceName : resourceName;
  for (const member of members) {
    const names = Object.keys(item[member] ?? {}).sort();
    if (
      member === 'maxLimitRequestRatio' &&
      item.type === 'PersistentVolumeClaim' &&
      !item.min?.storage &&
      !item.max?.storage
    )
      report.push(
        required(at.child('limits'), 'either minimum or maximum storage value is required, but neither was provided'),
      );
    if (isPod && (member === 'default' || member === 'defaultRequest')) {
      if (names.length > 0) report.push(forbidden(at.child(member), "may not be specified when `type` is 'Pod'"));
    } else for (const name of names) rule(name, at.child(member).key(name), report);
  }
}

function namesOf(item: LimitRangeItem): readonly string[] {
  return [...new Set(members.flatMap((member) => Object.keys(item[member] ?? {})))].sort();
}

function relations(item: LimitRangeItem, name: string, at: Path, report: FieldError[]): void {
  const of = (member: (typeof members)[number]): Quantity | undefined => quantities(item[member]).get(name);
  const [min, max, ratio] = [of('min'), of('max'), of('maxLimitRequestRatio')];
  const isPod = item.type === 'Pod';
  const [limit, request] = isPod ? [] : [of('default'), of('defaultRequest')];
  const place = (member: string): Path => at.child(member).key(name);
  const ordered = (low: Named | undefined, high: Named | undefined, shown: [Path, Quantity | undefined]): void => {
    if (!low?.amount || !high?.amount || low.amount.nano <= high.amount.nano) return;
    const words = `${low.words} value ${low.amount.text} is greater than ${high.words} value ${high.amount.text}`;
    report.push(invalid(shown[0], shown[1]?.text, words));
  };
  const [least, most] = [named('min', min), named('max', max)];
  const requested = named('default request', request);
  ordered(least, most, [place('min'), min]);
  ordered(least, requested, [place('defaultRequest'), request]);
  ordered(requested, most, [place('defaultRequest'), request]);
  ordered(requested, named('default limit', limit), [place('defaultRequest'), request]);
  ordered(least, named('default', limit), [place('default'), min]);
  ordered(named('default', limit), most, [place('default'), max]);
  if (ratio) validateRatio(ratio, min, max, place('maxLimitRequestRatio'), report);
  if (!overcommits(name) && limit && request && limit.nano !== request.nano)
    report.push(
      invalid(
        place('defaultRequest'),
        request.text,
        `default value ${limit.text} must equal to defaultRequest value ${request.text} in ${name}`,
      ),
    );
}

interface Named {
  readonly words: string;
  readonly amount: Quantity | undefined;
}

function named(words: string, amount: Quantity | undefined): Named {
  return { words, amount };
}

function validateRatio(
  ratio: Quantity,
  min: Quantity | undefined,
  max: Quantity | undefined,
  at: Path,
  report: FieldError[],
): void {
  if (ratio.nano < oneNano) report.push(invalid(at, ratio.text, `ratio ${ratio.text} is less than 1`));
  if (!min || !max) return;
  const largest = Number(max.nano) / Number(min.nano);
  if (Number(ratio.nano) / Number(oneNano) > largest)
    report.push(invalid(at, ratio.text, `ratio ${ratio.text} is greater than max/min = ${largest.toFixed(6)}`));
}
