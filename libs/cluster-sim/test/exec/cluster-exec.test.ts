import { describe, expect, it } from '@jest/globals';
import type { ExecResult } from '../../src/cluster.ts';
import { clusterWith } from '../cluster-fixture.ts';

const agnhost = 'registry.k8s.io/e2e-test-images/agnhost:2.53';

const cluster = clusterWith(
  `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: nest
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: c, image: "${agnhost}", args: [netexec]}]
---
apiVersion: v1
kind: Service
metadata: {name: nest}
spec: {clusterIP: None, selector: {app: web}, ports: [{name: http, port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.0.50, selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: datagrams}
spec: {selector: {app: web}, ports: [{port: 90, targetPort: 8081, protocol: UDP}]}
---
apiVersion: v1
kind: Service
metadata: {name: nobody}
spec: {clusterIP: 10.96.0.51, selector: {app: nobody}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: out}
spec: {type: ExternalName, externalName: www.example.com}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: site}
data:
  default.conf: "server { listen 80; location / { proxy_pass http://web; } }"
---
apiVersion: v1
kind: Pod
metadata: {name: proxy}
spec:
  containers: [{name: c, image: nginx, volumeMounts: [{name: site, mountPath: /etc/nginx/conf.d}]}]
  volumes: [{name: site, configMap: {name: site}}]
---
apiVersion: v1
kind: Pod
metadata: {name: tools}
spec: {containers: [{name: c, image: nicolaka/netshoot, command: [sleep, infinity]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: box}
spec: {containers: [{name: c, image: "busybox:1.36", command: [sh, -c, "cat /etc/hosts > /tmp/hosts; sleep 3600"]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: oldbox}
spec: {containers: [{name: c, image: "busybox:1.28", command: [sleep, "3600"]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: lost}
spec:
  dnsPolicy: None
  dnsConfig: {nameservers: [192.0.2.1], searches: [default.svc.cluster.local]}
  containers: [{name: c, image: debian, command: [sleep, infinity]}]
`,
  { externalHosts: [{ name: 'internet', address: '198.51.100.7', dnsNames: ['www.example.com'] }] },
);
cluster.settle();

function sh(pod: string, script: string): ExecResult {
  return cluster.exec({ namespace: 'default', pod }, ['sh', '-c', script]);
}

function addressOf(pod: string): string {
  return cluster.view.get('Pod', 'default', pod)?.status.podIP ?? '';
}

describe('commands in pods of a cluster', () => {
  it('spread over the endpoints of a Service', () => {
    const { stdout } = sh('tools', 'for i in $(seq 1 60); do curl -s http://web/hostname; echo; done | sort | uniq -c');
    expect(stdout).toMatch(/^ +\d+ web-0\n +\d+ web-1\n +\d+ web-2\n$/);
  });

  it('spread over the addresses of a headless Service, whose order changes', () => {
    const { stdout } = sh('box', 'for i in $(seq 1 60); do wget -qO- http://nest:8080/hostname; echo; done | sort -u');
    expect(stdout).toBe('web-0\nweb-1\nweb-2\n');
  });

  it.each<[string, string, string]>([
    ['tools', 'curl -s http://web-1.nest:8080/hostname', 'web-1'],
    ['tools', 'curl -s "http://web-0.nest:8080/dial?host=web&port=80&request=hostname&tries=1" | grep -c web-', '1\n'],
    [
      'tools',
      'curl -s "http://web-0.nest:8080/dial?host=datagrams&port=90&request=hostname&protocol=udp" | grep -c responses',
      '1\n',
    ],
    [
      'tools',
      'curl -s http://web-0.nest:8080/shell?cmd=hostname%20-f',
      '{"output":"web-0.nest.default.svc.cluster.local\\n"}',
    ],
    ['tools', 'curl -s http://$(getent hosts proxy >/dev/null || echo web)/readyz', 'ok'],
    ['box', 'nslookup web.default.svc.cluster.local | grep -c 10.96.0.50', '1\n'],
    [
      'tools',
      'dig +short SRV _http._tcp.nest.default.svc.cluster.local | sort | tail -1',
      '0 33 8080 web-2.nest.default.svc.cluster.local.\n',
    ],
    ['tools', 'dig +short +search out', 'www.example.com.\n198.51.100.7\n'],
    [
      'tools',
      'dig +noall +answer -x 10.96.0.50',
      '50.0.96.10.in-addr.arpa. 30\tIN\tPTR\tweb.default.svc.cluster.local.\n',
    ],
    ['tools', 'nc -z -v -w 2 web 80 2>&1', 'Connection to web (10.96.0.50) 80 port [tcp/http] succeeded!\n'],
    ['tools', 'nc -zv nobody 80 2>&1', 'nc: connect to nobody (10.96.0.51) port 80 (tcp) failed: Connection refused\n'],
    ['tools', 'curl -s http://nobody; echo $?', '7\n'],
    ['tools', 'curl -sS http://nosuch 2>&1; echo $?', 'curl: (6) Could not resolve host: nosuch\n6\n'],
    [
      'tools',
      'curl -sS -m 2 http://10.96.0.50:81 2>&1; echo $?',
      'curl: (28) Connection timed out after 2001 milliseconds\n28\n',
    ],
    ['box', 'wget -qO- -T 2 http://nosuch 2>&1; echo $?', "wget: bad address 'nosuch'\n1\n"],
    [
      'box',
      'cat /etc/resolv.conf',
      'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    ],
    ['lost', 'getent hosts web; echo $?', '2\n'],
    ['lost', 'getent hosts web.default.svc.cluster.local.; echo $?', '2\n'],
  ])('%s: %s', (pod, script, stdout) => {
    expect(sh(pod, script).stdout).toBe(stdout);
  });

  it('go through a proxy, which resolves and connects in its own name', () => {
    const { stdout } = sh('tools', `curl -s http://${addressOf('proxy')}/clientip`);
    expect(stdout).toMatch(new RegExp(`^${addressOf('proxy').replaceAll('.', '\\.')}:\\d+$`));
  });

  it('find their own line in /etc/hosts from the start', () => {
    expect(sh('box', 'tail -n 1 /tmp/hosts').stdout).toBe(`${addressOf('box')}\tbox\n`);
  });

  it('print the old form of nslookup in old images of busybox', () => {
    expect(sh('oldbox', 'nslookup web')).toEqual({
      stdout:
        'Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local\n\n' +
        'Name:      web\nAddress 1: 10.96.0.50 web.default.svc.cluster.local\n',
      stderr: '',
      exitCode: 0,
    });
    expect(sh('oldbox', 'nslookup nosuch')).toMatchObject({
      stderr: "nslookup: can't resolve 'nosuch'\ncommand terminated with exit code 1\n",
      exitCode: 1,
    });
  });

  it('do not disturb a fork', () => {
    const fork = cluster.fork();
    const twin = cluster.fork();
    const script = [
      'sh',
      '-c',
      'for i in 1 2 3 4 5 6; do curl -s http://nest:8080/dial?host=web\\&port=80\\&request=hostname; done',
    ];
    const target = { namespace: 'default', pod: 'tools' };
    expect(fork.exec(target, script).stdout).toBe(twin.exec(target, script).stdout);
  });
});

describe('dig', () => {
  it('prints the whole answer', () => {
    const { stdout } = sh('tools', 'dig web.default.svc.cluster.local');
    const text = stdout
      .replace(/id: \d+/, 'id: N')
      .replace(/COOKIE: [0-9a-f]{16}/, 'COOKIE: C')
      .replace(/WHEN: .*/, 'WHEN: W');
    // The layout of bin/dig/dig.c; 36 octets of the name: 12 + 40 + 50 + 11 and 12 of EDNS and its cookie.
    expect(text).toBe(`
; <<>> DiG 9.18.33 <<>> web.default.svc.cluster.local
;; global options: +cmd
;; Got answer:
;; WARNING: .local is reserved for Multicast DNS
;; You are currently testing what happens when an mDNS query is leaked to DNS
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: N
;; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1
;; WARNING: recursion requested but not available

;; OPT PSEUDOSECTION:
; EDNS: version: 0, flags:; udp: 1232
; COOKIE: C (echoed)
;; QUESTION SECTION:
;web.default.svc.cluster.local.\tIN\tA

;; ANSWER SECTION:
web.default.svc.cluster.local. 30 IN\tA\t10.96.0.50

;; Query time: 1 msec
;; SERVER: 10.96.0.10#53(10.96.0.10) (UDP)
;; WHEN: W
;; MSG SIZE  rcvd: 115

`);
  });

  it('prints the SOA record of a refusal, and no more than is asked for', () => {
    expect(sh('tools', 'dig +noall +comments +authority nosuch.default.svc.cluster.local | tail -n 3').stdout).toBe(
      ';; AUTHORITY SECTION:\ncluster.local.\t\t30\tIN\tSOA\tns.dns.cluster.local. hostmaster.cluster.local. 1767225600 7200 1800 86400 30\n\n',
    );
    expect(sh('tools', 'dig @192.0.2.1 +time=1 +tries=2 web').stdout).toBe(
      ';; communications error to 192.0.2.1#53: timed out\n'.repeat(2) +
        '\n; <<>> DiG 9.18.33 <<>> @192.0.2.1 +time=1 +tries=2 web\n; (1 server found)\n;; global options: +cmd\n;; no servers could be reached\n',
    );
  });
});
