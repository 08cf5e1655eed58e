import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { parseQuantity, roundUpToMilli } from '../../../quantity.ts';
import type { Defaulter } from './defaulter.ts';
import { all, inMember } from './defaulter.ts';

/** SetDefaults_ResourceList: whole thousandths. */
/** SetDefaults_ResourceList. */
export const wholeThousandths: Defaulter = (amounts) => {
  let rounded: Record<string, Json | undefined> | undefined;
  for (const [name, amount] of Object.entries(amounts)) {
    const parsed = typeof amount === 'string' ? parseQuantity(amount) : undefined;
    if (!parsed?.ok) continue;
    const { text } = roundUpToMilli(parsed.quantity);
    if (text !== amount) rounded = { ...(rounded ?? amounts), [name]: text };
  }
  return rounded ?? amounts;
};

export const roundResources: Defaulter = all(
  inMember('limits', wholeThousandths),
  inMember('requests', wholeThousandths),
);

export const roundOverhead: Defaulter = inMember('overhead', wholeThousandths);

/** SetDefaults_Pod: what is limited and not requested is requested as much as it is limited. */
export const requestsFromLimits: Defaulter = inMember('resources', (resources) => {
  const { limits } = resources;
  if (!isJsonObject(limits)) return resources;
  const requests: JsonObject = isJsonObject(resources.requests) ? resources.requests : {};
  const missing = Object.keys(limits).some((name) => !Object.hasOwn(requests, name));
  return missing ? { ...resources, requests: { ...limits, ...requests } } : resources;
});
