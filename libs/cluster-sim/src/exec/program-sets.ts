import type { Program } from './program.ts';
import { awk } from './programs/awk/awk.ts';
import { cat } from './programs/cat.ts';
import { falseProgram, id, stty, trueProgram, tty, uname, whoami, yes } from './programs/constants.ts';
import { cp, mv } from './programs/copy.ts';
import { curl } from './programs/curl/curl.ts';
import { cut } from './programs/cut.ts';
import { date } from './programs/date.ts';
import { base64, nl, sha256sum, tac } from './programs/digests.ts';
import { dig } from './programs/bind/dig.ts';
import { host } from './programs/bind/host.ts';
import { bindNslookup } from './programs/bind/nslookup.ts';
import { echo } from './programs/echo.ts';
import { env, printenv } from './programs/env.ts';
import { expr } from './programs/expr.ts';
import { chmod, chown, mkdir, rm, tee, touch } from './programs/file-changes.ts';
import { find } from './programs/find.ts';
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
import { tar } from './programs/tar.ts';
import { telnet } from './programs/telnet.ts';
import { test } from './programs/test.ts';
import { timeout } from './programs/timeout.ts';
import { tr } from './programs/tr.ts';
import { uniq } from './programs/uniq.ts';
import { wc } from './programs/wc.ts';
import { busyboxWget } from './programs/wget-busybox.ts';
import { gnuWget } from './programs/wget-gnu.ts';
import { which } from './programs/which.ts';
import { xargs } from './programs/xargs.ts';
import { busyboxApplets, debianEssentials, networkDebuggers, unmodelled } from './unmodelled-programs.ts';

/** What every image with a shell has. */
const coreTools: readonly Program[] = [
  awk,
  base64,
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
  nl,
  printenv,
  printf,
  rm,
  sed,
  seq,
  sha256sum,
  sleep,
  sort,
  stty,
  tac,
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

/** The applets of busybox that are modelled. */
const busyboxPrograms: readonly Program[] = [
  ...coreTools,
  ...[cp('busybox'), find('busybox'), mv('busybox'), tar('busybox'), telnet, which('busybox')],
  ...[shell('sh', 'ash'), shell('ash', 'ash'), echo(false), hostname('busybox'), timeout(143)],
  ...[busyboxHttpd, busyboxNslookup, busyboxWget, ip, netcat('busybox'), ping('busybox'), ps, socketList('netstat')],
];

/** The tools of busybox's image: its applets. */
export const busyboxTools: readonly Program[] = [...busyboxPrograms, ...unmodelled(busyboxApplets, busyboxPrograms)];

/** busybox up to 1.28. */
export const oldBusyboxTools: readonly Program[] = [
  ...busyboxTools.filter((program) => program !== busyboxNslookup),
  oldBusyboxNslookup,
];

/** Applets that alpine leaves to its package busybox-extras. */
const busyboxExtras: ReadonlySet<string> = new Set([
  ...['dnsd', 'dumpleases', 'fakeidentd', 'ftpd', 'httpd', 'inetd', 'telnet', 'telnetd', 'tftpd', 'udhcpd'],
]);

/** alpine: busybox without its servers and telnet, musl's getent, and apk. */
export const alpineTools: readonly Program[] = [
  ...busyboxTools.filter(({ name }) => !busyboxExtras.has(name)),
  getent,
  ...unmodelled('apk ldd', []),
];

const debianPrograms: readonly Program[] = [
  ...coreTools,
  ...[cp('gnu'), find('gnu'), mv('gnu'), tar('gnu'), which('gnu')],
  shell('sh', 'dash'),
  shell('bash', 'bash'),
  echo(false),
  hostname('debian'),
  timeout(124),
  getent,
];

/** Debian's slim images: GNU coreutils, dash and bash, no network tools but getent. */
export const debianTools: readonly Program[] = [...debianPrograms, ...unmodelled(debianEssentials, debianPrograms)];

/** curl, which Debian's images of nginx and others bring along. */
export const curlTools: readonly Program[] = [curl];

/** GNU wget, for Debian images that have it. */
export const wgetTools: readonly Program[] = [gnuWget];

const networkPrograms: readonly Program[] = [
  shell('bash', 'bash'),
  bindNslookup,
  curl,
  dig,
  host,
  netcat('openbsd'),
  ping('iputils'),
  socketList('ss'),
];

/** What network debugging images such as netshoot add: BIND's tools, OpenBSD's nc, curl, and much that is not modelled. */
export const networkTools: readonly Program[] = [...networkPrograms, ...unmodelled(networkDebuggers, networkPrograms)];
