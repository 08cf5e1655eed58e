import { describe, expect, it } from '@jest/globals';
import { runShell } from './small-network.ts';

interface Case {
  readonly script: string;
  readonly stdout: string;
  readonly exitCode?: number;
}

// Expected values: what dash with mawk 1.3 and GNU coreutils, grep and sed prints.
describe('tools for text', () => {
  it.each<Case>([
    { script: 'echo "a b c" | awk \'{print $2}\'', stdout: 'b\n' },
    { script: 'echo "a b c" | awk \'{print NF, $NF, $0}\'', stdout: '3 c a b c\n' },
    { script: "printf 'a 1\\nb 2\\n' | awk '{s+=$2} END {print s}'", stdout: '3\n' },
    { script: "printf 'a 1\\nb 2\\n' | awk -F' ' '$2>1 {print $1}'", stdout: 'b\n' },
    { script: 'echo a > f; echo a > g; sed -i s/a/b/ f g; cat f g', stdout: 'b\nb\n' },
    { script: "printf 'x=1\\ny=2\\n' | sed 's/=/: /'", stdout: 'x: 1\ny: 2\n' },
    { script: "printf 'a\\nb\\nc\\n' | sed -n '2p'; printf 'a\\nb\\nc\\n' | sed '1d'", stdout: 'b\nb\nc\n' },
    { script: 'expr 1 + 2; expr 3 \\* 4', stdout: '3\n12\n' },
    { script: 'echo "3.5 2" | awk \'{printf "%.2f\\n", $1/$2}\'', stdout: '1.75\n' },
    { script: "printf 'a b\\nc d\\n' | awk 'NR==2{print $1}'", stdout: 'c\n' },
    { script: "printf 'a b\\nc d\\n' | awk '{a[$1]=$2} END{for(k in a) n++; print n}'", stdout: '2\n' },
    { script: 'echo foo bar | awk \'{gsub("o","0"); print}\'', stdout: 'f00 bar\n' },
    { script: "printf 'one\\ntwo\\n' | grep -A1 one", stdout: 'one\ntwo\n' },
    { script: "printf 'k: v\\n' | awk -F': ' '{print $2}'", stdout: 'v\n' },
    { script: "printf 'a\\nb\\nc\\nd\\n' | tail -n +3", stdout: 'c\nd\n' },
    { script: "printf 'a\\nb\\nc\\nd\\n' | sed -e 's/a/A/' -e '/c/d'", stdout: 'A\nb\nd\n' },
    { script: "printf 'a.b.c\\n' | sed 's/\\./-/g'", stdout: 'a-b-c\n' },
    { script: "printf 'abc\\n' | sed -E 's/(a)(b)/\\2\\1/'", stdout: 'bac\n' },
    { script: "echo 'x' | sed 's|x|/y/|'", stdout: '/y/\n' },
    { script: 'n=0; while [ $n -lt 3 ]; do n=$(expr $n + 1); echo $n; done', stdout: '1\n2\n3\n' },
    { script: "expr 5 \\> 3; expr abc : 'a.'; expr length hello; expr 2 + 3 \\* 4", stdout: '1\n2\n5\n14\n' },
    { script: 'expr 0; echo $?; expr 1 - 1; echo $?', stdout: '0\n1\n0\n1\n' },
    { script: "seq 10 | awk 'NR%2==0' | head -2", stdout: '2\n4\n' },
    { script: "printf 'l1\\nl2\\nl3\\n' | head -n -1", stdout: 'l1\nl2\n' },
    { script: "printf 'x\\ny\\nz\\n' | grep -B1 -A1 y; printf 'x\\ny\\nz\\n' | grep -C0 z", stdout: 'x\ny\nz\nz\n' },
    {
      script: "printf 'a=1\\n' | sed 's/\\(.*\\)=\\(.*\\)/\\2=\\1/'; printf 'aaa\\n' | sed 's/a/b/2'",
      stdout: '1=a\naba\n',
    },
    { script: "printf 'one\\ntwo\\n' | sed -n '/two/p'; printf 'one\\ntwo\\n' | sed '$d'", stdout: 'two\none\n' },
    { script: "printf 'a\\nb\\nc\\n' | sed '2,3d'; printf 'a\\n' | sed 's/a/&&/'", stdout: 'a\naa\n' },
    { script: "printf 'A\\n' | sed 's/a/x/I'; printf 'path/to\\n' | sed 's#/#_#g'", stdout: 'x\npath_to\n' },
    {
      script: "printf 'a b\\n' | awk '{print $2 \" \" $1}'; printf 'a,b\\n' | awk -F, '{print $2}'",
      stdout: 'b a\nb\n',
    },
    { script: "printf 'x 5\\ny 7\\n' | awk '$2 > 5'; printf 'x 5\\n' | awk '{print $2*2}'", stdout: 'y 7\n10\n' },
    { script: 'awk \'BEGIN{print "hi"; x=2; x*=3; print x, x^2}\'', stdout: 'hi\n6 36\n' },
    {
      script: "printf 'a 1\\nb 2\\na 3\\n' | awk '{s[$1]+=$2} END{for(k in s) print k, s[k]}' | sort",
      stdout: 'a 4\nb 2\n',
    },
    { script: "printf 'l1\\nl2\\nl3\\n' | awk 'NR==2,NR==3{print NR\": \"$0}'", stdout: '2: l2\n3: l3\n' },
    { script: 'echo "a b c d" | awk \'{for(i=1;i<=NF;i++) printf "%s-", $i; print ""}\'', stdout: 'a-b-c-d-\n' },
    { script: 'echo "5 3" | awk \'{ if ($1 > $2) print "gt"; else print "le" }\'', stdout: 'gt\n' },
    {
      script: 'echo "Hello" | awk \'{print toupper($0), length($0), substr($0,2,3), index($0,"l")}\'',
      stdout: 'HELLO 5 ell 3\n',
    },
    { script: 'echo "a:b:c" | awk \'{n=split($0,p,":"); print n, p[1], p[3]}\'', stdout: '3 a c\n' },
    { script: "printf '1\\n2\\n3\\n' | awk '{s+=$1} END {printf \"%.1f %d\\n\", s/NR, NR}'", stdout: '2.0 3\n' },
    { script: "echo \"x=1;y=2\" | awk -F'[=;]' '{print $2, $4}'", stdout: '1 2\n' },
    { script: 'echo foo | awk \'/o+/{print "match"} !/z/{print "noz"}\'', stdout: 'match\nnoz\n' },
    { script: "awk 'BEGIN { while (i < 3) { i++; if (i == 2) continue; print i } }'", stdout: '1\n3\n' },
    { script: 'awk -v n=3 \'BEGIN { print n + 1; print n "x" }\'', stdout: '4\n3x\n' },
    { script: "printf 'a b\\n' | awk '{$1=\"z\"; print; print NF}'", stdout: 'z b\n2\n' },
    { script: "printf '10.0.0.1 - GET\\n' | awk '$3 ~ /GET/ && $1 !~ /192/ {print $1}'", stdout: '10.0.0.1\n' },
    { script: "printf 'b\\na\\n' | awk '{l[NR]=$0} END{for(i=NR;i>0;i--) print l[i]}'", stdout: 'a\nb\n' },
    { script: "printf 'a a\\nb b\\na a\\n' | awk '!seen[$0]++'", stdout: 'a a\nb b\n' },
    { script: 'echo "3 4" | awk \'{print ($1<$2) ? "less" : "more"}\'', stdout: 'less\n' },
    { script: "echo abc | sed -n 's/b/X/p'; echo abc | sed 's/x/y/;s/a/b/'", stdout: 'aXc\nbbc\n' },
  ])('$script', ({ script, stdout, exitCode = 0 }) => {
    const result = runShell(script);
    expect([result.stdout, result.exitCode]).toEqual([stdout, exitCode]);
  });

  it.each([
    ["awk '{print'", 'awk: cmd. line:1: Unexpected token\n', 1],
    ["awk 'BEGIN { print 1 / 0 }'", 'awk: cmd. line:1: Division by zero\n', 2],
    ["awk 'BEGIN { print nosuch(1) }'", 'awk: cmd. line:1: Unexpected token\n', 1],
    ["awk '{print}' /nothing", 'awk: /nothing: No such file or directory\n', 2],
    ['expr 1 +', 'expr: syntax error\n', 2],
    ['expr a + 1', 'expr: non-numeric argument\n', 2],
    ['expr 1 / 0', 'expr: division by zero\n', 2],
  ])('%s is refused', (script, stderr, exitCode) => {
    expect(runShell(script)).toMatchObject({ stdout: '', stderr, exitCode });
  });

  it.each(["awk 'BEGIN { while (1) { i++ } }'", "awk 'BEGIN { for (;;) ; }'", 'awk \'BEGIN { while (1) print "x" }\''])(
    '%s ends as a bound',
    (script) => {
      expect(runShell(script).serves).toEqual([]);
    },
  );
});
