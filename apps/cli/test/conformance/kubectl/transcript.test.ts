import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readTranscript } from '../../../src/conformance/kubectl/transcript.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kubedrill-transcript-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(text: string): ReturnType<typeof readTranscript> {
  const file = path.join(folder, 'session.yaml');
  writeFileSync(file, text);
  return readTranscript(file);
}

describe('readTranscript', () => {
  it('reads a session', () => {
    const text = `
name: a
kubectl: "1.30"
files: [{file: a.yaml, content: "kind: Service\\n"}]
steps:
- {run: kubectl get svc, sort: true, nodes: keep, stdout: "x\\n", stderr: '', rc: 1, volatile: [stderr]}
`;
    expect(read(text)).toEqual({
      client: '1.30',
      files: new Map([['a.yaml', 'kind: Service\n']]),
      steps: [
        {
          run: 'kubectl get svc',
          sorted: true,
          keepsNodes: true,
          expected: { stdout: 'x\n', stderr: '', rc: 1 },
          volatile: new Set(['stderr']),
        },
      ],
    });
  });

  it.each([
    ['another client', 'kubectl: "1.20"\nsteps: []\n', 'kubectl 1.20 is none of 1.27, 1.30, 1.33, 1.36'],
    ['no steps', 'kubectl: "1.36"\n', 'steps must be a list'],
    ['a file elsewhere', 'kubectl: "1.36"\nfiles: [{file: ../x, content: ""}]\nsteps: []\n', 'does not lie in'],
  ])('refuses %s', (_what, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
