// `npm start`: everything on this machine. Without REDIS_URL one process serves API and grading; with it the API and the
// workers are processes of their own, as they are in docker-compose.yml.
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { nodeBinary, nodeEnvironment, prepare, root } from './prepare.mjs';

const defaultWorkers = 2;
const restartDelayMilliseconds = 1000;
const npmCheckMilliseconds = 500;

prepare();

const children = new Set();
let stopping = false;

/** The channel tells a child when this process is gone, however it went: nothing is left running behind. */
function launch(app, onExit) {
  const main = path.join(root, 'apps', app, 'dist', 'main.js');
  const child = spawn(nodeBinary(), [main], {
    cwd: root,
    env: nodeEnvironment(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  children.add(child);
  child.on('exit', (code, signal) => {
    children.delete(child);
    onExit(code ?? (signal ? 1 : 0));
  });
}

/** A worker that dies is replaced: its jobs are handed to the others meanwhile. */
function launchWorker() {
  launch('worker', () => {
    if (!stopping) setTimeout(launchWorker, restartDelayMilliseconds).unref();
  });
}

function stop(signal) {
  stopping = true;
  for (const child of children) child.kill(signal);
}

/** npm ends without passing a signal on to what it runs; what it leaves behind has another parent then. */
function stopWithNpm() {
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) stop('SIGTERM');
  }, npmCheckMilliseconds).unref();
}

if (process.env.npm_lifecycle_event !== undefined) stopWithNpm();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(signal));

launch('api', (code) => {
  process.exitCode = stopping ? 0 : code;
  stop('SIGTERM');
});
if (process.env.REDIS_URL) {
  const workers = Number(process.env.WORKERS ?? defaultWorkers);
  for (let index = 0; index < workers; index += 1) launchWorker();
}
