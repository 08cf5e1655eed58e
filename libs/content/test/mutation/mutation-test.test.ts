import { describe, expect, it } from '@jest/globals';
import { loadContent } from '../../src/load-content.ts';
import { mutateVariant, type MutationReport } from '../../src/mutation/mutation-test.ts';
import { exampleModule, exerciseFile, moduleFile } from '../example-module.ts';

const root = 'course/drills/expose';
const workload = `apiVersion: apps/v1
kind: Deployment
metadata: { name: '\${app}' }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'nginx:1.29' }] }
`;
const service = `apiVersion: v1
kind: Service
metadata: { name: '\${app}' }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;

const onlyTheName = `  - id: called-web
    title: The container is called web
    kind: resource
    object: { kind: Deployment, name: '\${app}' }
    path: spec.template.spec.containers[0].name
    equals: web
    feedback: Nobody cares what it is called.
`;

function mutated(changes: Readonly<Record<string, string>>, mutants = 400, isTimeUp = () => false): MutationReport {
  const files = {
    [`${root}/solutions/reference/app.yaml`]: workload,
    [`${root}/solutions/reference/service.yaml`]: service,
  };
  const [module] = loadContent(exampleModule({ ...files, ...changes })).modules;
  const [authored] = module?.exercises ?? [];
  if (!module || !authored) throw new Error('the example does not load');
  return mutateVariant(authored, module, { variant: 'basic', seeds: [1] }, { mutants, isTimeUp });
}

/** "hole Service spec.ports[0].port": what is found where. */
function found({ findings }: MutationReport): ReadonlySet<string> {
  return new Set(findings.map(({ kind, place }) => `${kind} ${place.replace(/ \S+/, '')}`));
}

const acceptPort = `accepted:
  - finding: hole
    at: 'Service \${app} spec.ports'
    because: This drill is about selectors alone.
`;

describe('mutateVariant', () => {
  it('finds the field that no check looks at, with its line and what has changed', () => {
    const { findings } = mutated({});
    const hole = findings.find(({ edit }) => edit === 'spec.ports[0].port: 81 instead of 80');
    expect(hole).toMatchObject({
      kind: 'hole',
      file: `${root}/solutions/reference/service.yaml`,
      line: 4,
      solution: 'reference',
    });
    expect(hole?.differences[0]?.question).toMatch(/^the endpoints of Service default\//);
  });

  it('finds no hole where a check fails', () => {
    expect(found(mutated({}))).not.toContain('hole Service spec.selector');
    expect(found(mutated({}))).not.toContain('hole Deployment');
  });

  it('finds checks that fail although the cluster behaves the same', () => {
    const report = mutated({ [`${root}/exercise.yaml`]: exerciseFile.replace('checks:', `checks:\n${onlyTheName}`) });
    expect(found(report)).toContain('strict Deployment spec.template.spec.containers[0].name');
    const strict = report.findings.find(({ kind }) => kind === 'strict');
    expect(strict?.failed.map(({ id }) => id)).toEqual(['called-web']);
  });

  it('takes what a task names for no behaviour: another name is neither a hole nor too strict', () => {
    expect([...found(mutated({}))].filter((text) => text.includes('metadata.name'))).toEqual([]);
  });

  it('leaves out what an exercise or its module has explained, and counts how often', () => {
    const own = mutated({ [`${root}/exercise.yaml`]: `${exerciseFile}${acceptPort}` });
    expect([...found(own)].filter((text) => text.includes('spec.ports'))).toEqual([]);
    expect(own.accepted[0]).toBeGreaterThan(0);
    const shared = mutated({ 'course/module.yaml': moduleFile + acceptPort.replace('${app}', '*') });
    expect([...found(shared)].filter((text) => text.includes('spec.ports'))).toEqual([]);
    expect(shared.accepted).toEqual(own.accepted);
  });

  it('counts explanations that explain nothing as never used', () => {
    const idle = acceptPort.replace('spec.ports', 'spec.externalName');
    expect(mutated({ [`${root}/exercise.yaml`]: `${exerciseFile}${idle}` }).accepted).toEqual([0]);
  });

  it('keeps its bounds and says what it left out', () => {
    const { tried, leftOut } = mutated({}, 10);
    expect(tried).toBe(10);
    expect(leftOut).toBeGreaterThan(10);
    expect(mutated({}, 400, () => true)).toMatchObject({ tried: 0, leftOut: tried + leftOut });
  });

  it('finds the same each time', () => {
    expect(mutated({})).toEqual(mutated({}));
  });
});

const byCommand = exerciseFile.replace(
  'variants:',
  'accepts: commands\ncluster: { manifests: [cluster/app.yaml] }\nvariants:',
);

describe('mutateVariant of typed commands', () => {
  const files = {
    [`${root}/exercise.yaml`]: byCommand,
    [`${root}/cluster/app.yaml`]: workload,
    [`${root}/solutions/reference/app.yaml`]: '',
    [`${root}/solutions/reference/service.yaml`]: '',
  };

  it('changes flags and arguments', () => {
    const commands = 'kubectl expose deployment ${app} --port=80\nkubectl get service ${app}\n';
    const report = mutated({ ...files, [`${root}/solutions/reference/commands.sh`]: commands });
    const edits = report.findings.map(({ edit, line }) => `${line}: ${edit}`);
    expect(edits).toEqual(['1: --port=81 instead of --port=80']);
  });

  it('changes manifests that are typed, at their lines', () => {
    const commands = `kubectl apply -f - <<EOF\n${service}EOF\n`;
    const report = mutated({ ...files, [`${root}/solutions/reference/commands.sh`]: commands });
    const hole = report.findings.find(({ edit }) => edit === 'spec.ports[0].port: 81 instead of 80');
    expect(hole).toMatchObject({ kind: 'hole', line: 5 });
  });
});

describe('mutateVariant of predictions', () => {
  it('has nothing to change', () => {
    const report = mutated({
      [`${root}/exercise.yaml`]: exerciseFile.replace('variants:', 'accepts: answers\nvariants:'),
    });
    expect(report).toMatchObject({ tried: 0, findings: [] });
  });
});
