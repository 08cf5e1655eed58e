import type { StringMap } from '@kubedrill/kube-model';
import { isWholeNumber, parseQuantity } from '../../quantity.ts';
import { goQuote } from '../../validation/go-quote.ts';
import type { Path } from '../../validation/path.ts';
import type { ClaimSpec } from './validation/volume-claim.ts';

/** A part of a byte, be it asked for or allowed. */
export function fractionWarnings(amounts: StringMap | undefined, name: string, at: Path): readonly string[] {
  const text = amounts && Object.hasOwn(amounts, name) ? amounts[name] : undefined;
  const parsed = text === undefined ? undefined : parseQuantity(text);
  if (!parsed?.ok || isWholeNumber(parsed.quantity)) return [];
  const shown = goQuote(parsed.quantity.text);
  return [`${at.key(name).toString()}: fractional byte value ${shown} is invalid, must be an integer`];
}

/** GetWarningsForPersistentVolumeClaimSpec of pkg/api/persistentvolumeclaim/util.go. */
export function claimWarnings({ resources }: ClaimSpec, at: Path): readonly string[] {
  const place = at.child('resources');
  return [
    ...fractionWarnings(resources?.requests, 'storage', place.child('requests')),
    ...fractionWarnings(resources?.limits, 'storage', place.child('limits')),
  ];
}
