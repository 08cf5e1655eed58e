import type { Folder } from '../src/folder.ts';

export const moduleFile = `id: course
title: A course
summary: For tests.
sections:
  - { id: first, title: First, summary: The first., file: sections/first.md }
`;

export const exerciseFile = `id: expose
kind: drill
title: Expose it
summary: Put a Service in front.
section: first
concepts: [service]
parameters:
  app: { name: backend }
checks:
  - id: listed
    title: The Pods are listed
    kind: endpoints
    service: \${app}
    ready: 1
    feedback: Look at the selector.
variants:
  - { id: basic, title: Basic, difficulty: 1, points: 10 }
mistakes:
  nothing:
    about: no Service at all
    fails: [listed]
`;

/** A module with one small exercise; texts of files can be replaced, and left out with undefined. */
export function exampleModule(changes: Readonly<Record<string, string | undefined>> = {}): Folder {
  const files: Record<string, string | undefined> = {
    'course/module.yaml': moduleFile,
    'course/sections/first.md': '# First',
    'course/drills/expose/exercise.yaml': exerciseFile,
    'course/drills/expose/brief.md': 'Expose `${app}`.',
    'course/drills/expose/solutions/reference/service.yaml': 'kind: Service\nname: ${app}\n',
    'course/drills/expose/mistakes/nothing/other.yaml': 'kind: ConfigMap\n',
    ...changes,
  };
  return new Map(Object.entries(files).flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])));
}
