import type { ExecResult } from '@kubedrill/cluster-sim';
import { diagnosePodSet } from '../../feedback/pod-diagnosis.ts';
import { quote } from '../../observe/outcomes.ts';
import { describePodSet, podsOf } from '../../observe/pods.ts';
import { defineCheckKind } from '../check-kind.ts';
import type { CommandParameters } from './schema.ts';

interface Run {
  readonly pod: string;
  readonly result: ExecResult;
}

export const command = defineCheckKind({
  kind: 'command',
  evaluate(parameters, { cluster }) {
    const pods = podsOf(cluster, parameters.in);
    const argv = typeof parameters.run === 'string' ? ['sh', '-c', parameters.run] : parameters.run;
    // A command may leave marks (connections, files): each Pod gets its own fork.
    const runs = pods.map(({ metadata }): Run => {
      const { container } = parameters.in;
      const target = {
        namespace: parameters.in.namespace,
        pod: metadata.name,
        ...(container === undefined ? {} : { container }),
      };
      return { pod: metadata.name, result: cluster.fork().exec(target, argv) };
    });
    const miss = runs.find(({ result }) => !agrees(parameters, result));
    return { credit: runs.length > 0 && !miss ? 1 : 0, miss };
  },
  explain(parameters, { miss }, { cluster }) {
    const line = typeof parameters.run === 'string' ? parameters.run : parameters.run.join(' ');
    const expected = `${line}: ${describeWanted(parameters)}`;
    if (miss) {
      const { stdout, stderr, exitCode } = miss.result;
      const said = stdout.trim() === '' ? stderr : stdout;
      return { expected, observed: `in Pod ${miss.pod}: exit code ${exitCode}, ${quote(said)}` };
    }
    const why = diagnosePodSet(cluster, parameters.in);
    return {
      expected,
      observed: `nobody is there to ask: ${describePodSet(parameters.in)}; ${why.text}`,
      evidence: why.evidence,
    };
  },
});

function agrees({ exitCode, stdout, stdoutContains, stdoutMatches }: CommandParameters, result: ExecResult): boolean {
  if (result.exitCode !== exitCode) return false;
  if (stdout !== undefined && result.stdout.trim() !== stdout.trim()) return false;
  if (stdoutContains !== undefined && !result.stdout.includes(stdoutContains)) return false;
  return stdoutMatches === undefined || new RegExp(stdoutMatches, 'mu').test(result.stdout);
}

function describeWanted({ exitCode, stdout, stdoutContains, stdoutMatches }: CommandParameters): string {
  const parts = [`exit code ${exitCode}`];
  if (stdout !== undefined) parts.push(quote(stdout));
  if (stdoutContains !== undefined) parts.push(`an output with ${quote(stdoutContains)}`);
  if (stdoutMatches !== undefined) parts.push(`an output that matches /${stdoutMatches}/`);
  return parts.join(', ');
}
