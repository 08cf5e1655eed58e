import { describe, expect, it } from '@jest/globals';
import { outcomeKinds } from '../../src/checks/reachability/schema.ts';
import { checkKindNames } from '../../src/checks/registry.ts';
import { affinityCases } from './cases/affinity.ts';
import { answerCases } from './cases/answer.ts';
import { commandCases } from './cases/command.ts';
import { distributionCases } from './cases/distribution.ts';
import { dnsCases } from './cases/dns.ts';
import { endpointSlicesCases } from './cases/endpoint-slices.ts';
import { endpointsCases } from './cases/endpoints.ts';
import { matrixCases } from './cases/matrix.ts';
import { portMappingCases } from './cases/port-mapping.ts';
import { reachabilityCases } from './cases/reachability.ts';
import { rejectionCases } from './cases/rejection.ts';
import { resourceCases } from './cases/resource.ts';
import { resultOf, type CheckCase } from './check-case.ts';

const allCases: readonly CheckCase[] = [
  ...endpointsCases,
  ...endpointSlicesCases,
  ...reachabilityCases,
  ...matrixCases,
  ...dnsCases,
  ...portMappingCases,
  ...distributionCases,
  ...affinityCases,
  ...resourceCases,
  ...rejectionCases,
  ...commandCases,
  ...answerCases,
];

describe('check kinds', () => {
  it.each(allCases.map((entry) => [`${String(entry.check['kind'])}: ${entry.what}`, entry] as const))(
    '%s',
    (_, entry) => {
      const result = resultOf(entry);
      expect({ credit: result.credit, observed: result.feedback?.observed }).toEqual({
        credit: entry.credit,
        observed: entry.credit === 1 ? undefined : expect.any(String),
      });
      for (const part of entry.observed ?? []) expect(result.feedback?.observed).toContain(part);
      if (entry.source) expect(result.feedback?.source).toMatchObject({ file: 'submission.yaml', ...entry.source });
    },
  );

  it.each(checkKindNames)('%s has a case that passes and one that fails', (kind) => {
    const cases = allCases.filter(({ check }) => check['kind'] === kind);
    expect(cases.some(({ credit }) => credit === 1)).toBe(true);
    expect(cases.some(({ credit }) => credit < 1)).toBe(true);
  });

  it('expects every outcome of a flow that can be brought about from a manifest in some case', () => {
    const expected = reachabilityCases
      .map(({ check }) => (check['expect'] as { outcome?: unknown } | undefined)?.outcome ?? 'delivered')
      .flat();
    // Neither a name server that is silent nor a process that hangs up can be brought about by a manifest alone.
    const wanted = outcomeKinds.filter(
      (kind) => !['resolverFailed', 'closed', 'unreachable', 'noAddress'].includes(kind),
    );
    expect(wanted.filter((kind) => !expected.includes(kind))).toEqual([]);
  });
});
