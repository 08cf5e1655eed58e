import type { PodSpec } from '@kubedrill/kube-model';
import type { FieldError } from '../../../validation/field-error.ts';
import { invalid, required } from '../../../validation/field-error.ts';
import { legacyIp } from '../../../validation/ip-address.ts';
import type { Path } from '../../../validation/path.ts';
import type { Rule } from '../../../validation/rule.ts';
import { each, formatted, oneOf, requiredText } from '../../../validation/rule.ts';
import type { TextFormat } from '../../../validation/text-format.ts';
import { byteLength, dns1123Subdomain, maxLengthError, regexError } from '../../../validation/text-format.ts';

const [maxNameservers, maxSearches, maxSearchBytes] = [3, 32, 2048];

export const dnsPolicy = requiredText(oneOf(['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']));

const label = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const subdomainPattern = `${label}(\\.${label})*`;
const subdomain = new RegExp(`^${subdomainPattern}$`);
const subdomainWords =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";

/** IsDNS1123SubdomainWithUnderscore: names of SRV records have them. */
const subdomainWithUnderscore: TextFormat = (text) => [
  ...(byteLength(text) > 253 ? [maxLengthError(253)] : []),
  ...(subdomain.test(text) ? [] : [regexError(subdomainWords, subdomainPattern, 'example.com')]),
];

/** validatePodDNSConfig. */
export function dnsConfig(
  { dnsConfig: config, dnsPolicy: policy }: Pick<PodSpec, 'dnsConfig' | 'dnsPolicy'>,
  at: Path,
  report: FieldError[],
): void {
  if (policy === 'None') {
    if (!config) return void report.push(required(at, 'must provide `dnsConfig` when `dnsPolicy` is None'));
    if (!config.nameservers?.length) {
      return void report.push(
        required(at.child('nameservers'), 'must provide at least one DNS nameserver when `dnsPolicy` is None'),
      );
    }
  }
  if (!config) return;
  const { nameservers = [], searches = [], options = [] } = config;
  const place = at.child('nameservers');
  if (nameservers.length > maxNameservers)
    report.push(invalid(place, nameservers, `must not have more than ${maxNameservers} nameservers`));
  for (const [index, address] of nameservers.entries()) legacyIp(address, place.index(index), report);
  searchPaths(searches, at.child('searches'), report);
  for (const [index, option] of options.entries()) {
    if (!option.name) report.push(required(at.child('options').index(index), 'must not be empty'));
  }
}

function searchPaths(searches: readonly string[], at: Path, report: FieldError[]): void {
  if (searches.length > maxSearches)
    report.push(invalid(at, searches, `must not have more than ${maxSearches} search paths`));
  if (byteLength(searches.join(' ')) > maxSearchBytes) {
    report.push(
      invalid(
        at,
        searches,
        `must not have more than ${maxSearchBytes} characters (including spaces) in the search list`,
      ),
    );
  }
  for (const [index, search] of searches.entries()) {
    if (search !== '.') formatted(subdomainWithUnderscore)(search.replace(/\.$/, ''), at.index(index), report);
  }
}

export const hostAliases: Rule<PodSpec['hostAliases']> = (aliases, at, report) => {
  for (const [index, { ip, hostnames }] of (aliases ?? []).entries()) {
    legacyIp(ip, at.index(index).child('ip'), report);
    each(formatted(dns1123Subdomain))(hostnames, at.index(index).child('hostnames'), report);
  }
};
