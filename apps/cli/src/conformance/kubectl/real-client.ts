import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { KubeApi, kubeconfig, loopbackCertificate, serveKubeApi } from '@kubedrill/kube-api';
import { kubectlBinaries } from './kubectl-binary.ts';
import { recordedContext, recordedServer } from './recorded-lab.ts';
import type { ClientSession, TranscriptClient } from './transcript-client.ts';
import type { StepOutput, Transcript } from './transcript.ts';

const token = 'transcripts';
const stepTimeout = 90_000;
const maxOutput = 4 * 1024 * 1024;

/** The real kubectl of the recorded version in a shell, against the cluster served on the loopback interface. */
export async function realClient(): Promise<TranscriptClient> {
  const certificate = await loopbackCertificate();
  const binaryOf = kubectlBinaries();
  return {
    async open(transcript, cluster) {
      const binary = binaryOf(transcript.client);
      const api = new KubeApi({ cluster, serverAddress: recordedServer });
      const served = await serveKubeApi({ api, port: 0, token, certificate });
      const server = `https://127.0.0.1:${served.port}`;
      const rooms = furnish(
        transcript,
        binary,
        kubeconfig({ server, certificate: certificate.cert, token, ...recordedContext }),
      );
      const session: ClientSession = {
        places: [
          { text: rooms.directory, placeholder: '<dir>' },
          { text: server, placeholder: '<server>' },
          { text: rooms.home, placeholder: '<home>' },
        ],
        runStep: (run) => runInShell(run, rooms),
        timePassed: () => api.passTime(0),
        async close() {
          await served.close();
          rmSync(rooms.directory, { recursive: true, force: true });
          rmSync(rooms.home, { recursive: true, force: true });
        },
      };
      return session;
    },
  };
}

interface Rooms {
  readonly directory: string;
  readonly home: string;
}

/** A working directory with the session's files; a home with the kubeconfig and with the client first on the path. */
function furnish({ files }: Transcript, binary: string, config: string): Rooms {
  const directory = mkdtempSync(path.join(tmpdir(), 'kubedrill-session-'));
  const home = mkdtempSync(path.join(tmpdir(), 'kubedrill-home-'));
  for (const [name, content] of files) writeFileSync(path.join(directory, name), content);
  writeFileSync(path.join(home, 'kc'), config, { mode: 0o600 });
  mkdirSync(path.join(home, 'bin'));
  symlinkSync(binary, path.join(home, 'bin', 'kubectl'));
  return { directory, home };
}

function runInShell(run: string, { directory, home }: Rooms): Promise<StepOutput> {
  const env = {
    PATH: `${home}/bin:/usr/local/bin:/usr/bin:/bin`,
    HOME: home,
    KUBECONFIG: `${home}/kc`,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
  };
  return new Promise((resolve, reject) => {
    // A process group of its own: at the end of its time all that it started ends with it.
    const child = spawn('bash', ['-c', run], {
      cwd: directory,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const out = collect(child.stdout);
    const err = collect(child.stderr);
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, stepTimeout);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (signal) reject(new Error(`the step did not end within ${stepTimeout / 1000} s: ${run}`));
      else resolve({ stdout: out(), stderr: err(), rc: code ?? 0 });
    });
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const parts: Buffer[] = [];
  let size = 0;
  stream.on('data', (part: Buffer) => {
    size += part.length;
    if (size <= maxOutput) parts.push(part);
  });
  return () => Buffer.concat(parts).toString('utf8');
}
