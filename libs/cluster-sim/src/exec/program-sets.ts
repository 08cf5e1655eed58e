import type { Program } from './program.ts';
import { awk } from './programs/awk/awk.ts';
import { cat } from './programs/cat.ts';
import { falseProgram, id, stty, trueProgram, tty, uname, whoami, yes } from './programs/constants.ts';
import { curl } from './programs/curl/curl.ts';
import { cut } from './programs/cut.ts';
import { date } from './programs/date.ts';
import { dig } from './programs/bind/dig.ts';
import { host } from './programs/bind/host.ts';
import { bindNslookup } from './programs/bind/nslookup.ts';
import { echo } from './programs/echo.ts';
import { env, printenv } from './programs/env.ts';
import { expr } from './programs/expr.ts';
import { chmod, chown, mkdir, rm, tee, touch } from './programs/file-changes.ts';
import { getent } from './programs/getent.ts';
import { grep } from './programs/grep.ts';
import { head, tail } from './programs/head.ts';
import { hostname } from './programs/hostname.ts';
import { busyboxHttpd } from './programs/httpd-busybox.ts';
import { ip } from './programs/ip.ts';
import { ls } from './programs/ls.ts';
import { netcat } from './programs/nc.ts';
import { busyboxNslookup } from './programs/nslookup-busybox.ts';
import { oldBusyboxNslookup } from './programs/nslookup-old-busybox.ts';
import { basename, dirname } from './programs/paths.ts';
import { ping } from './programs/ping.ts';
import { printf } from './programs/printf.ts';
import { ps } from './programs/ps.ts';
import { sed } from './programs/sed.ts';
import { seq } from './programs/seq.ts';
import { shell } from './programs/sh.ts';
import { sleep } from './programs/sleep.ts';
import { socketList } from './programs/sockets.ts';
import { sort } from './programs/sort.ts';
import { test } from './programs/test.ts';
import { timeout } from './programs/timeout.ts';
import { tr } from './programs/tr.ts';
import { uniq } from './programs/uniq.ts';
import { wc } from './programs/wc.ts';
import { busyboxWget } from './programs/wget-busybox.ts';
import { gnuWget } from './programs/wget-gnu.ts';
import { xargs } from './programs/xargs.ts';

/** What every image with a shell has. */
const coreTools: readonly Program[] = [
  awk,
  basename,
  cat,
  chmod,
  chown,
  cut,
  date,
  dirname,
  env,
  expr,
  falseProgram,
  grep,
  head,
  id,
  ls,
  mkdir,
  printenv,
  printf,
  rm,
  sed,
  seq,
  sleep,
  sort,
  stty,
  tail,
  tee,
  test('test'),
  test('['),
  touch,
  tr,
  trueProgram,
  tty,
  uname,
  uniq,
  wc,
  whoami,
  xargs,
  yes,
];

/** The applets of busybox, which are all of the tools of its image. */
export const busyboxTools: readonly Program[] = [
  ...coreTools,
  ...[shell('sh', 'ash'), shell('ash', 'ash'), echo(false), hostname('busybox'), timeout(143)],
  ...[busyboxHttpd, busyboxNslookup, busyboxWget, ip, netcat('busybox'), ping('busybox'), ps, socketList('netstat')],
];

/** busybox up to 1.28. */
export const oldBusyboxTools: readonly Program[] = [
  ...busyboxTools.filter((program) => program !== busyboxNslookup),
  oldBusyboxNslookup,
];

/** alpine: busybox without its httpd, and musl's getent. */
export const alpineTools: readonly Program[] = [...busyboxTools.filter((program) => program !== busyboxHttpd), getent];

/** Debian's slim images: GNU coreutils, dash and bash, no network tools but getent. */
export const debianTools: readonly Program[] = [
  ...coreTools,
  shell('sh', 'dash'),
  shell('bash', 'bash'),
  echo(false),
  hostname('debian'),
  timeout(124),
  getent,
];

/** curl, which Debian's images of nginx and others bring along. */
export const curlTools: readonly Program[] = [curl];

/** GNU wget, for Debian images that have it. */
export const wgetTools: readonly Program[] = [gnuWget];

/** What network debugging images such as netshoot add: BIND's tools, OpenBSD's nc, curl. */
export const networkTools: readonly Program[] = [
  shell('bash', 'bash'),
  bindNslookup,
  curl,
  dig,
  host,
  netcat('openbsd'),
  ping('iputils'),
  socketList('ss'),
];
