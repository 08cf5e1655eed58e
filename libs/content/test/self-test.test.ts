import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { readFolder } from '../src/folder-reader.ts';
import { loadContent, type AuthoredExercise } from '../src/load-content.ts';
import { selfTest } from '../src/self-test.ts';
import { exampleModule, exerciseFile } from './example-module.ts';

const workload = `apiVersion: apps/v1
kind: Deployment
metadata: { name: '\${app}' }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'nginx:1.29' }] }
`;
const solution = `${workload}---
apiVersion: v1
kind: Service
metadata: { name: '\${app}' }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
const root = 'course/drills/expose';

function exercise(changes: Readonly<Record<string, string>>): AuthoredExercise {
  const files = {
    [`${root}/solutions/reference/service.yaml`]: solution,
    [`${root}/mistakes/nothing/other.yaml`]: workload,
  };
  const [authored] = loadContent(exampleModule({ ...files, ...changes })).modules[0]?.exercises ?? [];
  if (!authored) throw new Error('the example does not load');
  return authored;
}

const runs = `  - id: runs
    title: Something runs
    kind: resource
    object: { kind: Deployment, name: '\${app}' }
    path: spec.replicas
    exists: true
    feedback: Look at the Deployment again.
`;

interface Hole {
  readonly what: string;
  readonly changes: Readonly<Record<string, string>>;
  readonly failure: string;
}

const holes: readonly Hole[] = [
  {
    what: 'a solution that does not pass',
    changes: { [`${root}/solutions/other/a.yaml`]: workload },
    failure: 'does not pass: failed; listed',
  },
  {
    what: 'a start that passes',
    changes: { [`${root}/start/a.yaml`]: solution },
    failure: 'gets full marks as it is handed out',
  },
  {
    what: 'a start that passes what it should not',
    changes: {
      [`${root}/exercise.yaml`]: exerciseFile.replace('checks:', `checks:\n${runs}`),
      [`${root}/start/a.yaml`]: workload,
    },
    failure: 'passes runs, and its baseline is nothing; if that is meant, write `baseline: [runs]`',
  },
  {
    what: 'a baseline that does not hold',
    changes: { [`${root}/exercise.yaml`]: exerciseFile.replace('variants:', 'baseline: [listed]\nvariants:') },
    failure: 'passes nothing, and its baseline is listed',
  },
  {
    what: 'a start that is refused',
    changes: { [`${root}/start/a.yaml`]: 'kind: X\napiVersion: v1\n' },
    failure: 'if that is meant, write `baseline: rejected`',
  },
  {
    what: 'a mistake that passes',
    changes: { [`${root}/mistakes/nothing/other.yaml`]: solution },
    failure: 'passes listed, which it must fail',
  },
  {
    what: 'a mistake that is refused',
    changes: { [`${root}/mistakes/nothing/other.yaml`]: 'kind: X\napiVersion: v1\n' },
    failure: 'should fail checks, but: rejected',
  },
  {
    what: 'a mistake that should be refused',
    changes: { [`${root}/exercise.yaml`]: exerciseFile.replace('fails: [listed]', 'rejected: never') },
    failure: 'should be refused, but it is failed',
  },
];

describe('selfTest', () => {
  it('finds nothing in a sound exercise', () => {
    expect(selfTest(exercise({}), [1, 2, 3])).toEqual({ exercise: 'expose', graded: 12, failures: [] });
  });

  it('tries 25 seeds unless told otherwise', () => {
    expect(selfTest(exercise({})).graded).toBe(100);
  });

  it.each(holes)('finds $what', ({ changes, failure }) => {
    const { failures } = selfTest(exercise(changes), [1]);
    expect(failures.map(({ message }) => message).join('\n')).toContain(failure);
  });

  const course = loadContent(readFolder(resolve(import.meta.dirname, '../../../challenges')));
  const exercises = course.modules.flatMap((module) => module.exercises);

  it.each(exercises.map((authored) => [authored.exercise.frame.id, authored] as const))(
    '%s keeps what its authors promise',
    (_, authored) => {
      expect(selfTest(authored, [1, 2]).failures).toEqual([]);
    },
  );
});
