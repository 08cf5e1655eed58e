import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runShell } from './small-network.ts';

interface Case {
  readonly script: string;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  /** Milliseconds. */
  readonly elapsed?: number;
}

function check({ script, stdout = '', stderr = '', exitCode = 0, elapsed = 0 }: Case): void {
  const result = runShell(script);
  expect({ stdout: result.stdout, stderr: result.stderr, exitCode: result.exitCode, elapsed: result.elapsed }).toEqual({
    stdout,
    stderr,
    exitCode,
    elapsed,
  });
}

describe('words and expansions', () => {
  it.each<Case>([
    { script: 'echo $GREETING', stdout: 'good day\n' },
    { script: 'echo "$GREETING"', stdout: 'good  day\n' },
    { script: "echo '$GREETING'", stdout: '$GREETING\n' },
    { script: 'echo a\\ b "c"\'d\'', stdout: 'a b cd\n' },
    { script: 'echo ${NONE:-x} ${#HOME} ${HOME#/} ${HOME%o*}', stdout: 'x 5 root /ro\n' },
    { script: 'echo ${NONE:=set}; echo $NONE', stdout: 'set\nset\n' },
    { script: 'echo ${NONE:?missing}; echo after', stderr: 'sh: NONE: missing\n', exitCode: 2 },
    { script: 'x=$(echo 5); echo $((x * 2 + 1)) $((7 / 2)) $((7 % 4)) $((1 << 4))', stdout: '11 3 3 16\n' },
    { script: 'echo $((1 / 0))', stderr: 'sh: divide by zero\n', exitCode: 2 },
    { script: 'echo `echo inner`', stdout: 'inner\n' },
    { script: 'echo "$(printf "a\\nb\\n\\n")"', stdout: 'a\nb\n' },
    { script: 'set -- a "b c"; for i in "$@"; do echo "[$i]"; done; echo $#', stdout: '[a]\n[b c]\n2\n' },
    { script: 'echo /data/*', stdout: '/data/fruit\n' },
    { script: 'echo /nothing/*', stdout: '/nothing/*\n' },
    { script: 'echo a # comment', stdout: 'a\n' },
  ])('$script', check);
});

// Expected values: what dash 0.5.12 prints for the same script.
describe('functions', () => {
  it.each<Case>([
    { script: 'f() { echo "$#:$*"; }; f; f "a b" c', stdout: '0:\n2:a b c\n' },
    { script: 'f() { for i in 1 2 3; do [ $i = 2 ] && return 5; echo $i; done; }; f; echo $?', stdout: '1\n5\n' },
    { script: 'f() { local a=1; g; }; g() { echo $a; }; a=0; f; g', stdout: '1\n0\n' },
    { script: 'f() (echo sub; exit 3); f; echo $?', stdout: 'sub\n3\n' },
    { script: 'set -- x y; f() { set -- 1 2 3; echo $#; }; f; echo $#', stdout: '3\n2\n' },
    { script: 'f() { echo $1; shift; [ $# -gt 0 ] && f "$@"; }; f a b c', stdout: 'a\nb\nc\n', exitCode: 1 },
    { script: `f() { cat; }; echo in | f; g()\n{\n  echo new\n}\ng`, stdout: 'in\nnew\n' },
    {
      script: 'fac() { if [ $1 -le 1 ]; then echo 1; else echo $(($1 * $(fac $(($1 - 1))))); fi; }; fac 6',
      stdout: '720\n',
    },
    { script: 'set -e; f() { false; echo in; }; f || echo caught; echo end', stdout: 'in\nend\n' },
    {
      script: 'command -v f; f() { :; }; command -v f; unset -f f; f',
      stdout: 'f\n',
      stderr: 'sh: f: not found\n',
      exitCode: 127,
    },
  ])('$script', check);

  it('that call themselves for ever end as a bound', () => {
    expect(runShell('f() { f; }; f').serves).toEqual([]);
  });
});

describe('the end of a script', () => {
  it.each<Case>([
    { script: "trap 'echo t $?' EXIT; exit 3", stdout: 't 3\n', exitCode: 3 },
    { script: "trap 'echo t' EXIT; trap - EXIT; echo no", stdout: 'no\n' },
    { script: "(trap 'echo inner' EXIT; echo body); echo outer", stdout: 'body\ninner\nouter\n' },
    { script: "set -e; trap 'echo cleanup' EXIT; false; echo no", stdout: 'cleanup\n', exitCode: 1 },
  ])('$script', check);
});

// Expected values: what bash 5.2 prints for the same script.
describe('what ash and bash have in common beyond POSIX', () => {
  it.each<Case>([
    { script: '[[ abc == a* ]] && echo glob; [[ abc != a* ]] || echo no', stdout: 'glob\nno\n' },
    { script: 'x="a b"; [[ $x == "a b" && -n $x ]] && echo quoted', stdout: 'quoted\n' },
    { script: 'p="a*"; [[ "a*" == "$p" ]] && [[ ab != "$p" ]] && echo literal', stdout: 'literal\n' },
    { script: '[[ 1 -lt 2 && ( a == b || ! -f /nope ) ]] && echo yes', stdout: 'yes\n' },
    { script: '[[ abc =~ ^a.c$ ]] && echo regex; [[ b > a ]] && echo after', stdout: 'regex\nafter\n' },
    { script: '[[ "" ]] || echo empty; [[ x ]] && echo full', stdout: 'empty\nfull\n' },
    { script: '[[ a ==', stderr: 'sh: syntax error: unexpected end of file\n', exitCode: 2 },
    { script: 'set -o pipefail; false | true; echo $?; true | true; echo $?', stdout: '1\n0\n' },
    { script: 'set -euo pipefail; x=1; x+=2; echo $x; false | true; echo never', stdout: '12\n', exitCode: 1 },
  ])('$script', check);

  it('is no syntax of dash', () => {
    expect(runShell('[[ a == a ]] && echo yes', 'debian')).toMatchObject({ stdout: '', exitCode: 127 });
  });
});

describe('read and IFS', () => {
  it.each<Case>([
    { script: 'printf "1,2,3,4\\n" | { IFS=, read -r a b c; echo "$a-$b-$c"; }', stdout: '1-2-3,4\n' },
    { script: 'printf "  lead  trail  \\n" | { read a; echo "[$a]"; }', stdout: '[lead  trail]\n' },
    { script: 'x="a:b"; IFS=:; set -- $x; echo $#', stdout: '2\n' },
    { script: 'IFS=: read a b < /etc/hosts; printf "%s" "$IFS" | wc -c', stdout: '3\n' },
    { script: 'for x in "$@"; do echo "[$x]"; done; echo none', stdout: 'none\n' },
  ])('$script', check);
});

describe('commands', () => {
  it.each<Case>([
    { script: 'false || echo no && echo yes', stdout: 'no\nyes\n' },
    { script: 'true && false; echo $?', stdout: '1\n' },
    { script: '! true; echo $?', stdout: '1\n' },
    { script: 'if [ 3 -gt 2 ]; then echo more; elif true; then echo b; else echo less; fi', stdout: 'more\n' },
    { script: 'for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done', stdout: '1\n3\n' },
    { script: 'i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i', stdout: '3\n' },
    { script: 'i=0; until [ $i -eq 2 ]; do i=$((i+1)); sleep 1; done; echo $i', stdout: '2\n', elapsed: 2000 },
    { script: 'case web-1 in api*) echo a;; web*|www) echo w;; *) echo other;; esac', stdout: 'w\n' },
    { script: '(exit 3); echo $?', stdout: '3\n' },
    { script: '{ echo a; echo b; } | wc -l', stdout: '2\n' },
    {
      script: 'echo a > /tmp/f; echo b >> /tmp/f; cat /tmp/f; rm /tmp/f; cat /tmp/f',
      stdout: 'a\nb\n',
      stderr: "cat: can't open '/tmp/f': No such file or directory\n",
      exitCode: 1,
    },
    { script: 'cat <<EOF\nhi $HOME\nEOF', stdout: 'hi /root\n' },
    { script: "cat <<'EOF'\nhi $HOME\nEOF", stdout: 'hi $HOME\n' },
    { script: 'ls /nowhere 2>&1 | wc -l; ls /nowhere 2>/dev/null', stdout: '1\n', exitCode: 1 },
    {
      script: 'cat /data/fruit | while read name count; do echo "$count $name"; done | sort -n | head -n 1',
      stdout: '2 fig\n',
    },
    { script: 'nosuch; echo $?', stdout: '127\n', stderr: 'sh: nosuch: not found\n' },
    { script: 'cat < /nowhere', stderr: "sh: can't open /nowhere: no such file\n", exitCode: 1 },
    { script: 'echo x > /nowhere/f', stderr: "sh: can't create /nowhere/f: nonexistent directory\n", exitCode: 1 },
    { script: 'cd /data && pwd && ls', stdout: '/data\nfruit\n' },
    { script: 'A=1 env | grep ^A=; echo "[$A]"', stdout: 'A=1\n[]\n' },
    { script: "export B=2; sh -c 'echo $B'", stdout: '2\n' },
    { script: 'set -e; false; echo never', exitCode: 1 },
    { script: 'exit 4', exitCode: 4 },
    { script: 'sleep 5 | sleep 2', elapsed: 5000 },
    { script: 'timeout 3 sleep 10; echo $?', stdout: '143\n', elapsed: 3000 },
  ])('$script', check);
});

describe('syntax errors', () => {
  it.each<Case>([
    { script: 'if', stderr: 'sh: syntax error: unexpected end of file\n', exitCode: 2 },
    { script: 'echo )', stderr: 'sh: syntax error: unexpected ")"\n', exitCode: 2 },
    { script: 'done', stderr: 'sh: syntax error: unexpected "done"\n', exitCode: 2 },
    { script: 'echo "a', stderr: 'sh: syntax error: unterminated quoted string\n', exitCode: 2 },
  ])('$script', check);

  it.each([
    ['debian', 'nosuch', 'sh: 1: nosuch: not found\n'],
    ['debian', 'bash -c nosuch', 'bash: line 1: nosuch: command not found\n'],
    ['debian', 'if', 'sh: 1: Syntax error: end of file unexpected\n'],
  ] as const)('%s: %s', (tools, script, stderr) => {
    expect(runShell(script, tools).stderr).toBe(stderr);
  });
});

describe('programs that do not end', () => {
  it.each([
    ['while true; do echo hi; sleep 1; done', []],
    ['nc -lk -p 8080 -e echo hi', [8080]],
    ['httpd -p 81; nc -lk -p 82', [81, 82]],
    ['nc -lk -p 8080 & nc -lk -p 8081 & wait', [8080, 8081]],
    ['echo a > index.html && httpd -f -p 3000', [3000]],
    ['while true; do { echo hi; } | nc -l -p 8080; done', [8080]],
    ['exec tail -f /dev/null', []],
  ] as const)('%s', (script, ports) => {
    expect(runShell(script).serves?.map(({ port }) => port)).toEqual(ports);
  });
});

describe('bounds', () => {
  const fragment = fc.constantFrom(
    'echo',
    'a',
    '$x',
    '"',
    "'",
    '`',
    '$(',
    ')',
    '((',
    '))',
    '$((',
    '|',
    '&&',
    '||',
    ';',
    '\n',
    '&',
    '<',
    '>',
    '>>',
    '2>&1',
    '<<E',
    'E',
    'if',
    'then',
    'fi',
    'while',
    'true',
    'do',
    'done',
    'for',
    'in',
    'case',
    'esac',
    ';;',
    '{',
    '}',
    '${',
    '${x:-',
    '#',
    '\\',
    '*',
    '[',
    ']',
    'x=1',
    'sleep 9',
    'yes',
    'eval',
    'sh -c',
    'xargs',
    'read x',
    'cat',
    'seq 99999',
    '!',
    'grep -E "(a*)*b"',
    'sed s/a/b/',
    'nslookup web',
    'curl -s web',
  );

  it('ends whatever it is given, within its budget', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 30 }), (fragments) => {
        const result = runShell(fragments.join(' '), 'netshoot', { steps: 300, output: 20_000 });
        expect(result.stdout.length + result.stderr.length).toBeLessThanOrEqual(40_000);
        expect(result.exitCode).toBeGreaterThanOrEqual(0);
        expect(result.exitCode).toBeLessThanOrEqual(255);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });

  it('never throws on arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (script) => {
        runShell(script, 'busybox', { steps: 300, output: 20_000 });
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it.each([
    '$('.repeat(5_000),
    '('.repeat(5_000),
    '$(('.repeat(5_000),
    '${x:-'.repeat(5_000),
    `echo ${'"$('.repeat(3_000)}`,
    `echo $((${'('.repeat(9_000)}))`,
  ])('survives deep nesting', (script) => {
    expect(runShell(script).exitCode).toBe(2);
  });

  it('cuts output without end', () => {
    const result = runShell('while true; do echo aaaaaaaaaaaaaaaa; done', 'busybox', { steps: 100_000, output: 1_000 });
    expect(result.stdout.length).toBeLessThanOrEqual(1_000);
  });
});
