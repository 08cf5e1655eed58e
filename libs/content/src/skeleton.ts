import type { Folder } from './folder.ts';
import type { ExerciseFrame } from './format.ts';

/** What a new exercise begins as. */
export interface SkeletonOrder {
  readonly id: string;
  readonly kind: ExerciseFrame['kind'];
  readonly accepts: ExerciseFrame['accepts'];
  /** Of the module. */
  readonly section: string;
  readonly concept: string;
}

/** The folder of a small exercise that lints and tests clean, to be changed into what its author has in mind. */
export function skeletonOf(order: SkeletonOrder): Folder {
  const files = new Map([
    ['exercise.yaml', definition(order)],
    ['brief.md', briefs[order.accepts]],
    ['cluster/app.yaml', workload],
  ]);
  for (const [path, text] of Object.entries(submissions[order.accepts])) files.set(path, text);
  if (order.kind === 'challenge' && order.accepts === 'answers')
    files.set('variants/hardest/solutions/reference/answers.yaml', 'odds: 1/${afterwards}\n');
  if (order.kind === 'challenge')
    files.set('variants/harder/brief.md', `${briefs[order.accepts]}\nAll Pods will be replaced once.\n`);
  return files;
}

function definition({ id, kind, accepts, section, concept }: SkeletonOrder): string {
  const title = id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');
  return `# yaml-language-server: $schema=../../../exercise.schema.json
id: ${id}
kind: ${kind}
title: ${title}
summary: Say here in a sentence what is to be reached, for the list of exercises.
section: ${section}
concepts: [${concept}]
${accepts === 'files' ? '' : `accepts: ${accepts}\n`}
parameters:
  app: { name: backend }
  listen: { port: unprivileged }
  replicas: { integer: { from: 2, to: 4 } }
${accepts === 'answers' ? '  all: { sum: [replicas, 1] }\n' : ''}
cluster:
  nodes: 3
  manifests: [cluster/app.yaml]
${accepts === 'answers' ? '' : '\nconstraints:\n  allowedKinds: [Service]\n'}
${accepts === 'answers' ? question : checks}
variants:
${variants(kind, accepts)}
mistakes:
${accepts === 'answers' ? wrongAnswer : wrongPort}`;
}

const checks = `checks:
  - id: listed
    title: The Service \${app} lists all \${replicas} Pods
    kind: endpoints
    service: \${app}
    of: { deployment: '\${app}' }
    ready: \${replicas}
    feedback: A Service lists the Pods that carry every pair of its selector.

  - id: mapping
    title: Port 80 of the Service leads to the port on which the Pods listen
    kind: portMapping
    service: \${app}
    port: 80
    podPort: \${listen}
    weight: 2
    feedback: targetPort is the port on which the process listens. Without it the Pods are called on the port of the Service.

hints:
  - text: kubectl get deployment \${app} -o yaml shows with which arguments the process was started.
    afterAttempts: 1
`;

const question = `checks:
  - id: odds
    title: 'Question 1: the odds'
    kind: answer
    question: With what probability does a new connection from node-1 to the Service \${app} end at one Pod of it? (a fraction such as 2/7)
    query:
      share:
        from: { node: node-1 }
        to: { service: '\${app}', port: 80 }
        of: { pods: 'app=\${app},lonely=yes' }
    feedback: All endpoints are equally likely, on whatever node they run.
`;

const wrongPort = `  target-port-forgotten:
    about: without a target port the Pods are called on port 80
    fails: [mapping]
`;

const wrongAnswer = `  without-the-lonely-one:
    about: the Pod that nobody's Deployment made is forgotten in the count
    fails: [odds]
`;

/** The variants of a challenge differ in what has to be understood: here, what holds after Pods were replaced. */
function variants(kind: ExerciseFrame['kind'], accepts: ExerciseFrame['accepts']): string {
  const basic = `  - id: basic
    title: Basic
    difficulty: 1
    points: 30
`;
  if (kind === 'drill') return basic;
  return `${basic}
  - id: harder
    title: With new Pods
    difficulty: 2
    points: 50
    scenario:
      - apply: submission
      - deletePod: { deployment: '\${app}' }
      - check: all

  - id: hardest
    title: With more Pods
    difficulty: 3
    points: 70
    parameters:
      more: { sum: [replicas, 2] }
${accepts === 'answers' ? '      afterwards: { sum: [more, 1] }\n' : ''}    scenario:
      - apply: submission
      - scale: { kind: Deployment, name: '\${app}', replicas: '\${more}' }
      - check: all
${accepts === 'answers' ? '' : moreListed}`;
}

const moreListed = `    checks:
      change:
        listed: { ready: '\${more}', title: 'The Service \${app} lists all \${more} Pods' }
`;

const workload = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: \${app}
spec:
  replicas: \${replicas}
  selector:
    matchLabels: { app: '\${app}' }
  template:
    metadata:
      labels: { app: '\${app}' }
    spec:
      containers:
        - name: server
          image: hashicorp/http-echo:1.0
          args: ['-text=I am \${app}', '-listen=:\${listen}']
`;

const service = (target: string): string => `apiVersion: v1
kind: Service
metadata:
  name: \${app}
spec:
  selector: { app: '\${app}' }
  ports:
    - port: 80
${target}`;

const briefs: Readonly<Record<ExerciseFrame['accepts'], string>> = {
  files: `# The task\n\nThe Deployment \`\${app}\` runs \${replicas} Pods. Hand in a Service \`\${app}\` that answers for them on port 80.\n`,
  commands: `# The task\n\nThe Deployment \`\${app}\` runs \${replicas} Pods. Hand in the commands that make a Service \`\${app}\`, which answers for them on port 80.\n`,
  answers: `# The question\n\nThe Deployment \`\${app}\` runs \${replicas} Pods behind the Service \`\${app}\`, and one lonely Pod carries the same label.\n`,
};

const submissions: Readonly<Record<ExerciseFrame['accepts'], Readonly<Record<string, string>>>> = {
  files: {
    'solutions/reference/service.yaml': service('      targetPort: ${listen}\n'),
    'mistakes/target-port-forgotten/service.yaml': service(''),
  },
  commands: {
    'solutions/reference/commands.sh': 'kubectl expose deployment ${app} --port=80 --target-port=${listen}\n',
    'mistakes/target-port-forgotten/commands.sh': 'kubectl expose deployment ${app} --port=80\n',
  },
  answers: {
    'cluster/app.yaml': `${workload}---
apiVersion: v1
kind: Pod
metadata:
  name: \${app}-lonely
  labels: { app: '\${app}', lonely: 'yes' }
spec:
  containers:
    - name: server
      image: hashicorp/http-echo:1.0
      args: ['-text=I am lonely', '-listen=:\${listen}']
---
${service('      targetPort: ${listen}\n')}`,
    'solutions/reference/answers.yaml': 'odds: 1/${all}\n',
    'mistakes/without-the-lonely-one/answers.yaml': 'odds: 1/${replicas}\n',
  },
};
