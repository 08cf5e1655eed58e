import { describe, expect, it } from '@jest/globals';
import { compareStep } from '../../../src/conformance/kubectl/step-comparison.ts';
import { mayWrite } from '../../../src/conformance/kubectl/recorded-lab.ts';

const expected = { stdout: 'a\nb\nc\n', stderr: '', rc: 0 };
const step = { run: 'kubectl get svc', expected, volatile: new Set<string>() };

describe('compareStep', () => {
  it('finds nothing where nothing differs', () => {
    expect(compareStep(3, step, expected)).toEqual([]);
  });

  it('shows the lines between the first and the last that differ, and the exit code', () => {
    expect(compareStep(3, step, { stdout: 'a\nx\ny\nc\n', stderr: '', rc: 1 })).toEqual([
      { step: '3 $ kubectl get svc', path: 'stdout from line 2', expected: 'b', observed: 'x\ny' },
      { step: '3 $ kubectl get svc', path: 'exit code', expected: 0, observed: 1 },
    ]);
  });

  it('leaves out what differs between recordings', () => {
    const volatile = new Set(['stdout', 'rc']);
    expect(compareStep(0, { ...step, volatile }, { stdout: '', stderr: '', rc: 2 })).toEqual([]);
  });
});

it.each([
  ['kubectl get svc', false],
  ['kubectl create service clusterip a --tcp=80', true],
  ['kubectl get svc -o yaml | kubectl replace -f -', true],
  ['kubectl get -f x.yaml --dry-run=client', false],
])('after "%s" the cluster may have to settle: %s', (run, expectation) => {
  expect(mayWrite(run)).toBe(expectation);
});
