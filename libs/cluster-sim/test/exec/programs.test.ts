import { describe, expect, it } from '@jest/globals';
import { runShell } from './small-network.ts';
import type { ToolSet } from './small-network.ts';

interface Case {
  readonly script: string;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  /** Milliseconds; not compared when it is absent. */
  readonly elapsed?: number;
}

function checkWith(tools: ToolSet) {
  return ({ script, stdout = '', stderr = '', exitCode = 0, elapsed }: Case): void => {
    const result = runShell(script, tools);
    expect({ stdout: result.stdout, stderr: result.stderr, exitCode: result.exitCode }).toEqual({
      stdout,
      stderr,
      exitCode,
    });
    if (elapsed !== undefined) expect(result.elapsed).toBe(elapsed);
  };
}

// Messages and exit codes as curl prints them on a loopback with a full backlog, a closed port, a closing server; texts of 8.x.
describe('curl', () => {
  it.each<Case>([
    { script: 'curl -s http://web', stdout: 'hello\n' },
    { script: 'curl -s web:80/', stdout: 'hello\n' },
    { script: 'curl -s -o /dev/null -w "%{http_code}\\n" http://web/none', stdout: '404\n' },
    { script: 'curl -s -o /dev/null -w "%{http_code}" http://gone', stdout: '000', exitCode: 7 },
    { script: 'curl -sS http://nohost', stderr: 'curl: (6) Could not resolve host: nohost\n', exitCode: 6 },
    {
      script: 'curl -sS http://gone',
      stderr: 'curl: (7) Failed to connect to gone port 80 after 0 ms: Could not connect to server\n',
      exitCode: 7,
    },
    {
      script: 'curl -sS http://far',
      stderr: 'curl: (7) Failed to connect to far port 80 after 3060 ms: Could not connect to server\n',
      exitCode: 7,
    },
    {
      script: 'curl -sS -m 2 http://void',
      stderr: 'curl: (28) Connection timed out after 2001 milliseconds\n',
      exitCode: 28,
      elapsed: 2001,
    },
    {
      script: 'curl -sS --connect-timeout 2 http://void',
      stderr: 'curl: (28) Failed to connect to void port 80 after 2001 ms: Timeout was reached\n',
      exitCode: 28,
    },
    {
      script: 'curl -sS --max-time 1 http://web/slow',
      stderr: 'curl: (28) Operation timed out after 1001 milliseconds with 0 bytes received\n',
      exitCode: 28,
    },
    { script: 'curl -sS http://cache:6379', stderr: 'curl: (52) Empty reply from server\n', exitCode: 52 },
    { script: 'curl -sSf http://web/none', stderr: 'curl: (22) The requested URL returned error: 404\n', exitCode: 22 },
    { script: 'curl -s http://web/moved', stdout: '' },
    { script: 'curl -sL http://web/moved', stdout: 'hello\n' },
    { script: 'curl -s -d a=1 http://web', stdout: 'got a=1\n' },
    { script: 'curl -s -o /tmp/x http://web; cat /tmp/x', stdout: 'hello\n' },
    {
      script: 'curl -sI http://web',
      stdout: 'HTTP/1.1 200 OK\r\nServer: nginx/1.29.3\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n',
    },
    { script: 'curl -s http://web http://web/none', stdout: 'hello\nnot found\n' },
    { script: 'curl -s http://nohost || echo down', stdout: 'down\n' },
    { script: 'curl ftp://web', stderr: 'curl: (1) Protocol "ftp" not supported\n', exitCode: 1 },
    {
      script: 'curl',
      stderr: "curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
      exitCode: 2,
    },
  ])('$script', checkWith('netshoot'));

  it('draws the progress meter when the output is no terminal', () => {
    const header =
      '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n';
    const idle = '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0';
    expect(runShell('curl http://gone', 'netshoot').stderr).toBe(
      `${header}${idle}${idle}\ncurl: (7) Failed to connect to gone port 80 after 0 ms: Could not connect to server\n`,
    );
    expect(runShell('curl http://web', 'netshoot').stderr).toBe(
      `${header}${idle}\r100     6  100     6    0     0   6000      0 --:--:-- --:--:-- --:--:--  6000\n`,
    );
  });

  it('tells with -v what happens', () => {
    expect(runShell('curl -sv http://web', 'netshoot').stderr.replaceAll('\r', '').split('\n')).toEqual([
      '* Host web:80 was resolved.',
      '* IPv6: (none)',
      '* IPv4: 10.96.0.20',
      '*   Trying 10.96.0.20:80...',
      '* Connected to web (10.96.0.20) port 80',
      '* using HTTP/1.x',
      '> GET / HTTP/1.1',
      '> Host: web',
      '> User-Agent: curl/8.14.1',
      '> Accept: */*',
      '> ',
      '* Request completely sent off',
      '< HTTP/1.1 200 OK',
      '< Server: nginx/1.29.3',
      '< Content-Type: text/html',
      '< Content-Length: 6',
      '< ',
      '{ [6 bytes data]',
      '* Connection #0 to host web left intact',
      '',
    ]);
  });
});

describe('wget of busybox', () => {
  it.each<Case>([
    { script: 'wget -qO- http://web', stdout: 'hello\n' },
    { script: 'wget -q -O - web:80', stdout: 'hello\n' },
    { script: 'wget -qO- nohost', stderr: "wget: bad address 'nohost'\n", exitCode: 1 },
    { script: 'wget -qO- http://nohost:8080', stderr: "wget: bad address 'nohost:8080'\n", exitCode: 1 },
    {
      script: 'wget -qO- http://gone',
      stderr: "wget: can't connect to remote host (10.96.0.21): Connection refused\n",
      exitCode: 1,
    },
    { script: 'wget -qO- -T 2 http://void', stderr: 'wget: download timed out\n', exitCode: 1, elapsed: 2000 },
    { script: 'wget -qO- --timeout=1 http://void || echo no', stdout: 'no\n', stderr: 'wget: download timed out\n' },
    {
      script: 'wget -qO- http://web/none',
      stderr: 'wget: server returned error: HTTP/1.1 404 Not Found\n',
      exitCode: 1,
    },
    { script: 'wget --spider http://web', stderr: 'Connecting to web (10.96.0.20:80)\nremote file exists\n' },
    {
      script: 'wget -q http://web; cat index.html; wget -q http://web',
      stdout: 'hello\n',
      stderr: "wget: can't open 'index.html': File exists\n",
      exitCode: 1,
    },
  ])('$script', checkWith('busybox'));
});

// As GNU Wget 1.21 prints them.
describe('wget of GNU', () => {
  it.each<Case>([
    { script: 'wget -qO- http://web', stdout: 'hello\n' },
    {
      script: 'wget -O- http://gone',
      stderr:
        '--2026-01-02 03:04:05--  http://gone/\nResolving gone (gone)... 10.96.0.21\nConnecting to gone (gone)|10.96.0.21|:80... failed: Connection refused.\n',
      exitCode: 4,
    },
    {
      script: 'wget http://nohost',
      stderr:
        '--2026-01-02 03:04:05--  http://nohost/\nResolving nohost (nohost)... failed: Name or service not known.\nwget: unable to resolve host address ‘nohost’\n',
      exitCode: 4,
    },
    { script: 'wget -qO- http://web/none', exitCode: 8 },
    { script: 'wget -qO- -T 2 -t 1 http://void', exitCode: 4, elapsed: 2000 },
  ])('$script', checkWith('debian'));
});

const server = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n';
const bindServer = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n';
const absent = (name: string): string => `** server can't find ${name}: NXDOMAIN\n\n`;

describe('asking for names', () => {
  it.each<Case>([
    {
      script: 'nslookup web.default.svc.cluster.local',
      stdout: `${server}Name:\tweb.default.svc.cluster.local\nAddress: 10.96.0.20\n\n\n`,
    },
    {
      script: 'nslookup web',
      stdout: `${server}Name:\tweb.default.svc.cluster.local\nAddress: 10.96.0.20\n\n${absent('web.svc.cluster.local')}${absent('web.cluster.local')}\n${absent('web.svc.cluster.local')}${absent('web.cluster.local')}`,
      exitCode: 1,
    },
    // busybox does not search for names with a dot.
    {
      script: 'nslookup web.default',
      stdout: `${server}${absent('web.default')}${absent('web.default')}`,
      exitCode: 1,
    },
    {
      script: 'nslookup -type=srv _http._tcp.web.default.svc.cluster.local',
      stdout: `${server}_http._tcp.web.default.svc.cluster.local\tservice = 0 100 80 web.default.svc.cluster.local\n\n`,
    },
  ])('busybox: $script', checkWith('busybox'));

  it.each<Case>([
    { script: 'nslookup web', stdout: `${bindServer}Name:\tweb.default.svc.cluster.local\nAddress: 10.96.0.20\n\n` },
    { script: 'nslookup nohost', stdout: `${bindServer}** server can't find nohost: NXDOMAIN\n\n`, exitCode: 1 },
    { script: 'nslookup 10.96.0.20', stdout: '20.0.96.10.in-addr.arpa\tname = web.default.svc.cluster.local.\n\n' },
    { script: 'dig +short web.default.svc.cluster.local', stdout: '10.96.0.20\n' },
    { script: 'dig +short web' },
    { script: 'dig +search +short web', stdout: '10.96.0.20\n' },
    {
      script: 'dig +noall +answer web.default.svc.cluster.local',
      stdout: 'web.default.svc.cluster.local. 30 IN\tA\t10.96.0.20\n',
    },
    { script: 'dig +short -x 10.96.0.20', stdout: 'web.default.svc.cluster.local.\n' },
    {
      script: 'dig +short SRV _http._tcp.web.default.svc.cluster.local',
      stdout: '0 100 80 web.default.svc.cluster.local.\n',
    },
    { script: 'host web', stdout: 'web.default.svc.cluster.local has address 10.96.0.20\n' },
    { script: 'host nohost', stdout: 'Host nohost not found: 3(NXDOMAIN)\n', exitCode: 1 },
    {
      script: 'getent hosts web',
      stdout: '10.96.0.20        web.default.svc.cluster.local  web.default.svc.cluster.local web\n',
    },
    { script: 'getent hosts localhost', stdout: '127.0.0.1         localhost  localhost\n' },
    { script: 'getent hosts nohost', exitCode: 2 },
    { script: 'getent ahosts pods | grep STREAM | wc -l', stdout: '2\n' },
  ])('netshoot: $script', checkWith('netshoot'));

  it('dig prints the status', () => {
    expect(runShell('dig nohost.default.svc.cluster.local', 'netshoot').stdout).toContain(
      ';; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: ',
    );
  });
});

// As glibc 2.36's getent prints them.
describe('names on Debian', () => {
  it.each<Case>([
    { script: 'getent hosts web', stdout: '10.96.0.20      web.default.svc.cluster.local\n' },
    {
      script: 'getent hosts pods',
      stdout: '10.244.1.5      pods.default.svc.cluster.local\n10.244.2.6      pods.default.svc.cluster.local\n',
    },
    { script: 'getent hosts 10.96.0.20', stdout: '10.96.0.20      web.default.svc.cluster.local\n' },
    { script: 'getent hosts localhost', stdout: '127.0.0.1       localhost\n' },
    { script: 'getent hosts', stdout: '127.0.0.1       localhost\n10.244.1.9      client\n' },
    { script: 'getent hosts web nohost', stdout: '10.96.0.20      web.default.svc.cluster.local\n', exitCode: 2 },
    { script: 'getent ahostsv6 web', exitCode: 2 },
    { script: 'getent nosuch web', stderr: 'Unknown database: nosuch\n', exitCode: 1 },
    { script: 'hostname -I; hostname -i; hostname -f', stdout: '10.244.1.9 \n10.244.1.9\nclient\n' },
    { script: 'echo nameserver 192.0.2.1 > /etc/resolv.conf; getent hosts web', exitCode: 2, elapsed: 10_000 },
  ])('$script', checkWith('debian'));
});

// As BIND 9.18's tools print them: bin/dig/host.c, nslookup.c.
describe('BIND tools', () => {
  it.each<Case>([
    {
      script: 'host -t SRV _http._tcp.web',
      stdout: '_http._tcp.web.default.svc.cluster.local has SRV record 0 100 80 web.default.svc.cluster.local.\n',
    },
    { script: 'host -t AAAA web', stdout: 'web.default.svc.cluster.local has no AAAA record\n' },
    {
      script: 'host 10.96.0.20',
      stdout: '20.0.96.10.in-addr.arpa domain name pointer web.default.svc.cluster.local.\n',
    },
    { script: 'host 10.9.9.9', stdout: 'Host 9.9.9.10.in-addr.arpa. not found: 3(NXDOMAIN)\n', exitCode: 1 },
    {
      script: 'host web 10.96.0.10',
      stdout:
        'Using domain server:\nName: 10.96.0.10\nAddress: 10.96.0.10#53\nAliases: \n\nweb.default.svc.cluster.local has address 10.96.0.20\n',
    },
    {
      script: 'host web 192.0.2.1',
      stdout:
        ';; communications error to 192.0.2.1#53: timed out\n;; communications error to 192.0.2.1#53: timed out\n;; no servers could be reached\n',
      exitCode: 1,
      elapsed: 10_000,
    },
    {
      script: 'nslookup -type=AAAA web',
      stdout: `${bindServer}*** Can't find web: No answer\n\n`,
    },
    {
      script: 'nslookup -type=srv _http._tcp.web',
      stdout: `${bindServer}_http._tcp.web.default.svc.cluster.local\tservice = 0 100 80 web.default.svc.cluster.local.\n\n`,
    },
    { script: 'nslookup 10.9.9.9', stdout: "** server can't find 9.9.9.10.in-addr.arpa: NXDOMAIN\n\n", exitCode: 1 },
    { script: 'nslookup web.other', stdout: `${bindServer}** server can't find web.other: NXDOMAIN\n\n`, exitCode: 1 },
    { script: 'dig +short AAAA web.default.svc.cluster.local; echo $?', stdout: '0\n' },
    { script: 'dig +nosuch web', stderr: 'Invalid option: +nosuch\n', exitCode: 1 },
    { script: 'dig @nohost web', stderr: "dig: couldn't get address for 'nohost': not found\n", exitCode: 10 },
    {
      script: 'dig +short web.default.svc.cluster.local -x 10.96.0.20',
      stdout: '10.96.0.20\nweb.default.svc.cluster.local.\n',
    },
    { script: 'ping -c 1 nohost', stderr: 'ping: nohost: Name does not resolve\n', exitCode: 2 },
    {
      script: 'ping -c 1 10.244.1.5',
      stdout:
        'PING 10.244.1.5 (10.244.1.5) 56(84) bytes of data.\n64 bytes from 10.244.1.5: icmp_seq=1 ttl=62 time=0.100 ms\n\n--- 10.244.1.5 ping statistics ---\n1 packets transmitted, 1 received, 0% packet loss, time 0ms\nrtt min/avg/max/mdev = 0.100/0.100/0.100/0.000 ms\n',
    },
    {
      script: 'ping -c 2 -W 1 web',
      stdout:
        'PING web.default.svc.cluster.local (10.96.0.20) 56(84) bytes of data.\n\n--- web.default.svc.cluster.local ping statistics ---\n2 packets transmitted, 0 received, 100% packet loss, time 1000ms\n\n',
      exitCode: 1,
    },
  ])('netshoot: $script', checkWith('netshoot'));
});

describe('looking at ports', () => {
  it.each<Case>([
    { script: 'nc -z web 80' },
    { script: 'nc -zv web 80', stderr: 'web (10.96.0.20:80) open\n' },
    { script: 'nc -zv gone 80', exitCode: 1 },
    {
      script: 'nc -zvv gone 80',
      stderr: 'nc: gone (10.96.0.21:80): Connection refused\nsent 0, rcvd 0\n',
      exitCode: 1,
    },
    {
      script: 'nc -zv -w 2 void 80',
      stderr: 'nc: void (10.96.0.22:80): Connection timed out\n',
      exitCode: 1,
      elapsed: 2000,
    },
    { script: 'nc -z nohost 80', stderr: "nc: bad address 'nohost'\n", exitCode: 1 },
    {
      script: 'ping -c 1 10.244.1.5',
      stdout:
        'PING 10.244.1.5 (10.244.1.5): 56 data bytes\n64 bytes from 10.244.1.5: seq=0 ttl=62 time=0.100 ms\n\n--- 10.244.1.5 ping statistics ---\n1 packets transmitted, 1 packets received, 0% packet loss\nround-trip min/avg/max = 0.100/0.100/0.100 ms\n',
    },
    {
      script: 'ping -c 2 -W 1 web',
      stdout:
        'PING web (10.96.0.20): 56 data bytes\n\n--- web ping statistics ---\n2 packets transmitted, 0 packets received, 100% packet loss\n',
      exitCode: 1,
      elapsed: 2000,
    },
    { script: 'ping -c 1 nohost', stderr: "ping: bad address 'nohost'\n", exitCode: 1 },
  ])('busybox: $script', checkWith('busybox'));

  it.each<Case>([
    { script: 'nc -zv web 80', stderr: 'Connection to web (10.96.0.20) 80 port [tcp/http] succeeded!\n' },
    {
      script: 'nc -zv gone 80',
      stderr: 'nc: connect to gone (10.96.0.21) port 80 (tcp) failed: Connection refused\n',
      exitCode: 1,
    },
    {
      script: 'nc -zv -w 1 void 80',
      stderr: 'nc: connect to void (10.96.0.22) port 80 (tcp) timed out: Operation now in progress\n',
      exitCode: 1,
    },
    { script: 'echo PING | nc -w 1 cache 6379', stdout: '+PONG\r\n' },
    { script: 'redis-cli -h cache ping', stdout: 'PONG\n' },
    {
      script: 'redis-cli -h gone ping',
      stderr: 'Could not connect to Redis at gone:6379: Connection refused\n',
      exitCode: 1,
    },
    { script: 'pg_isready -h gone', stdout: 'gone:5432 - no response\n', exitCode: 2 },
  ])('netshoot: $script', checkWith('netshoot'));
});

describe('text', () => {
  it.each<Case>([
    { script: 'sort /data/fruit | uniq -c | sort -rn | head -1', stdout: '      2 apple 10\n' },
    { script: 'sort -k2 -n /data/fruit | head -1', stdout: 'fig 2\n' },
    {
      script: 'grep -c apple /data/fruit; grep -v apple /data/fruit; grep -q plum /data/fruit',
      stdout: '2\npear 3\nfig 2\n',
      exitCode: 1,
    },
    { script: "grep -E '^(fig|pear) [0-9]+$' /data/fruit", stdout: 'pear 3\nfig 2\n' },
    { script: "grep -o '[0-9]*' /data/fruit | wc -l", stdout: '4\n' },
    { script: "awk '{print $2, $1}' /data/fruit | tail -n 1", stdout: '10 apple\n' },
    { script: 'awk \'/fig/ {print $1"="$2}\' /data/fruit', stdout: 'fig=2\n' },
    { script: "sed 's/p\\(.\\)/P\\1/g' /data/fruit | head -n 2", stdout: 'Pear 3\naPple 10\n' },
    { script: "sed -n 2p /data/fruit; sed '/apple/d' /data/fruit | wc -l", stdout: 'apple 10\n2\n' },
    { script: "cut -d' ' -f1 /data/fruit | tr a-z A-Z | head -2", stdout: 'PEAR\nAPPLE\n' },
    {
      script: "echo 'a:b' | cut -d: -f2; echo hello | tr -d l; printf '%s-%03d\\n' x 7 y 8",
      stdout: 'b\nheo\nx-007\ny-008\n',
    },
    { script: 'seq 2 2 6; seq 3 | xargs echo n; seq 2 | xargs -I{} echo {}!', stdout: '2\n4\n6\nn 1 2 3\n1!\n2!\n' },
    {
      script: 'hostname; hostname -i; whoami; uname; date +%F',
      stdout: 'client\n10.244.1.9\nroot\nLinux\n2026-01-02\n',
    },
    {
      script: 'wc -l /data/fruit; printenv GREETING; ip addr | grep "inet 10"',
      stdout: '4 /data/fruit\ngood  day\n    inet 10.244.1.9/32 scope global eth0\n',
    },
    {
      script: 'test -f /data/fruit && [ -d /data ] && [ -z "" -a ! -e /x ] && [ 2 -lt 10 ] && echo all',
      stdout: 'all\n',
    },
    { script: '[ 1 -eq x ]', stderr: "[: bad number 'x'\n", exitCode: 2 },
    {
      script: 'head -c 4 /data/fruit; echo; tail -1 /data/fruit; echo -n a; echo -e "b\\tc"',
      stdout: 'pear\napple 10\nab\tc\n',
    },
    {
      script: 'ps',
      stdout: 'PID   USER     TIME  COMMAND\n    1 root      0:00 sleep 3600\n    7 root      0:00 ps\n',
    },
  ])('$script', checkWith('busybox'));
});

describe('waiting for a name, as init containers do', () => {
  it('ends as soon as the name is there', () => {
    expect(runShell('until nslookup web.default.svc.cluster.local; do echo waiting; sleep 2; done').exitCode).toBe(0);
  });

  it('goes on while it is not', () => {
    const result = runShell(
      'until nslookup later.default.svc.cluster.local; do echo waiting; sleep 2; done',
      'busybox',
      { steps: 50, output: 100_000 },
    );
    expect(result.serves).toEqual([]);
  });
});

// Texts: busybox libbb/copy_file.c, coreutils/mv.c, networking/telnet.c; GNU coreutils 9 and findutils.
describe('tools for files', () => {
  it.each<Case>([
    { script: 'echo a > /tmp/a; cp /tmp/a /tmp/b; cat /tmp/b', stdout: 'a\n' },
    { script: 'echo a > /tmp/a; mkdir /tmp/d; cp /tmp/a /tmp/d; ls /tmp/d /tmp/a', stdout: '/tmp/d:\na\n/tmp/a\n' },
    { script: 'mkdir /tmp/d; echo a > /tmp/d/a; cp -r /tmp/d /tmp/e; cat /tmp/e/a', stdout: 'a\n' },
    {
      script: 'echo a > /tmp/a; mv /tmp/a /tmp/b; cat /tmp/b; ls /tmp/a',
      stdout: 'a\n',
      stderr: 'ls: /tmp/a: No such file or directory\n',
      exitCode: 1,
    },
    { script: 'cp nowhere /tmp', stderr: "cp: can't stat 'nowhere': No such file or directory\n", exitCode: 1 },
    { script: 'mv nowhere /tmp', stderr: "mv: can't rename 'nowhere': No such file or directory\n", exitCode: 1 },
    {
      script: 'mkdir /tmp/d; echo > /tmp/d/x; cp /tmp/d /tmp/e',
      stderr: "cp: omitting directory '/tmp/d'\n",
      exitCode: 1,
    },
    {
      script: 'mkdir -p /tmp/d; touch /tmp/d/a.conf /tmp/d/b; find /tmp/d',
      stdout: '/tmp/d\n/tmp/d/a.conf\n/tmp/d/b\n',
    },
    {
      script: 'mkdir -p /tmp/d; touch /tmp/d/a.conf /tmp/d/b; find /tmp -type f -name "*.conf"',
      stdout: '/tmp/d/a.conf\n',
    },
    { script: 'cd /tmp; touch x; find . -maxdepth 1', stdout: '.\n./x\n' },
    { script: 'find /none', stderr: 'find: /none: No such file or directory\n', exitCode: 1 },
    { script: 'which wget; which curl', stdout: '/bin/wget\n', exitCode: 1 },
    { script: 'printf "héllo" | base64; printf aMOpbGxv | base64 -d', stdout: 'aMOpbGxv\nhéllo' },
    {
      script: 'printf hello | sha256sum',
      stdout: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  -\n',
    },
    { script: "printf 'a\\nb\\n' | tac; printf 'a\\nb\\n' | nl", stdout: 'b\na\n     1\ta\n     2\tb\n' },
  ])('busybox: $script', checkWith('busybox'));

  it.each<Case>([
    { script: 'cp nowhere /tmp', stderr: "cp: cannot stat 'nowhere': No such file or directory\n", exitCode: 1 },
    {
      script: 'mkdir /tmp/d; cp /tmp/d /tmp/e',
      stderr: "cp: -r not specified; omitting directory '/tmp/d'\n",
      exitCode: 1,
    },
    { script: 'find /none', stderr: 'find: ‘/none’: No such file or directory\n', exitCode: 1 },
    {
      script: 'tar cf - /tmp/none | wc -c',
      stdout: '1024\n',
      stderr:
        'tar: /tmp/none: Cannot stat: No such file or directory\ntar: Exiting with failure status due to previous errors\n',
    },
    { script: 'find / -newer x', stderr: "find: unknown predicate `-newer'\n", exitCode: 1 },
  ])('Debian: $script', checkWith('debian'));
});

describe('telnet', () => {
  it.each<Case>([
    { script: 'telnet web 80', stdout: 'Connected to web\n' },
    {
      script: 'telnet gone 80',
      stderr: "telnet: can't connect to remote host (10.96.0.21): Connection refused\n",
      exitCode: 1,
    },
    { script: 'telnet nohost 80', stderr: "telnet: bad address 'nohost'\n", exitCode: 1 },
  ])('$script', checkWith('busybox'));
});

describe('tar', () => {
  it('packs what it unpacks elsewhere, names, sizes and text beyond ASCII', () => {
    const script =
      'mkdir -p /tmp/a/b; echo naïve > /tmp/a/b/c; echo two > /tmp/a/d; cd /tmp; tar cf a.tar a; tar tf a.tar; mkdir /tmp/e; tar xf a.tar -C /tmp/e; cat /tmp/e/a/b/c /tmp/e/a/d';
    checkWith('busybox')({ script, stdout: 'a/\na/b/c\na/d\nnaïve\ntwo\n' });
  });

  it.each<Case>([
    {
      script: 'tar cf - /tmp/none',
      stdout: '\0'.repeat(1024),
      stderr: 'tar: /tmp/none: No such file or directory\n',
      exitCode: 1,
    },
    { script: 'tar xf none.tar', stderr: "tar: can't open 'none.tar': No such file or directory\n", exitCode: 1 },
    { script: 'printf broken%0510d 0 | tar xf -', stderr: 'tar: invalid tar magic\n', exitCode: 1 },
  ])('$script', checkWith('busybox'));
});

// Learners are not told that a program is absent which their image has.
describe('a program that is not modelled', () => {
  it.each<[tools: ToolSet, program: string, exitCode: number]>([
    ['busybox', 'traceroute', 126],
    ['busybox', 'tcpdump', 127],
    ['alpine', 'apk', 126],
    ['alpine', 'telnet', 127],
    ['debian', 'apt-get', 126],
    ['debian', 'traceroute', 127],
    ['netshoot', 'tcpdump', 126],
  ])('%s: %s', (tools, program, exitCode) => {
    const { stderr, exitCode: code } = runShell(program, tools);
    const absent = tools === 'debian' ? `sh: 1: ${program}: not found\n` : `sh: ${program}: not found\n`;
    const unknown = `kubedrill: ${program} is part of this image, but not of the simulation\n`;
    expect([code, stderr]).toEqual([exitCode, exitCode === 126 ? unknown : absent]);
  });
});
