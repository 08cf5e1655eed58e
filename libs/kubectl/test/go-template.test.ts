import { describe, expect, it } from '@jest/globals';
import { executeTemplate } from '../src/go-template/evaluation.ts';
import { parseGoTemplate } from '../src/go-template/parser.ts';

const data = {
  kind: 'Service',
  metadata: { name: 'web', labels: { b: '2', a: '1' } },
  ports: [
    { name: 'http', port: 80 },
    { name: 'metrics', port: 9090 },
  ],
  secret: 'aGVsbG8=',
  nothing: null,
};

/** What text/template writes (its exec.go and funcs.go), with the functions that kubectl adds. */
const written: readonly (readonly [template: string, text: string])[] = [
  ['{{.metadata.name}} {{.nope}} {{.nope.deeper}} {{.nothing}}', 'web <no value> <no value> <no value>'],
  ['{{.metadata.labels}} {{.ports}}', 'map[a:1 b:2] [map[name:http port:80] map[name:metrics port:9090]]'],
  ['{{range .ports}}{{.name}}={{.port}};{{end}}', 'http=80;metrics=9090;'],
  ['{{range $i, $p := .ports}}{{if $i}}, {{end}}{{$p.name}}{{end}}', 'http, metrics'],
  ['{{range $k, $v := .metadata.labels}}{{$k}}{{$v}}{{end}}', 'a1b2'],
  ['{{range .nope}}x{{else}}none{{end}}', 'none'],
  ['{{range .ports}}{{if eq .port 9090}}{{break}}{{end}}{{.name}}{{end}}', 'http'],
  ['{{with .metadata}}{{.name}} of {{$.kind}}{{end}}', 'web of Service'],
  ['{{if eq .kind "Pod"}}a{{else if eq .kind "Service" "Node"}}b{{else}}c{{end}}', 'b'],
  ['{{len .ports}} {{index .ports 1}} {{(index .ports 0).port}}', '2 map[name:metrics port:9090] 80'],
  ['{{printf "%-6s|%05d|%q|%v" .kind 42 "x" .metadata.labels}}', 'Service|00042|"x"|map[a:1 b:2]'],
  ['{{.secret | base64decode | printf "%s!"}}', 'hello!'],
  ['{{and .kind .nope}} {{or .nope "d"}} {{not .nope}} {{lt 1 2}} {{ge 1 2}}', '<no value> d true true false'],
  ['a  {{- " b " -}}  c{{/* not shown */}}', 'a b c'],
  ['{{$x := 1}}{{range .ports}}{{$x = .port}}{{end}}{{$x}}', '9090'],
  ['{{define "p"}}<{{.name}}>{{end}}{{range .ports}}{{template "p" .}}{{end}}', '<http><metrics>'],
  ['{{exists . "metadata" "name"}} {{exists . "metadata" "x"}}', 'true false'],
  ['{{html "<a>"}} {{slice "abcdef" 1 3}}', '&lt;a&gt; bc'],
];

describe('what a Go template writes', () => {
  it.each(written)('%s', (template, text) => {
    expect(executeTemplate(parseGoTemplate(template), data, true)).toBe(text);
  });
});

const refused: readonly (readonly [template: string, message: string])[] = [
  ['{{.metadata', 'template: output:1: unclosed action'],
  ['\n{{foo .x}}', 'template: output:2: function "foo" not defined'],
  ['{{if .x}}a', 'template: output:1: unexpected EOF'],
  ['{{end}}', 'template: output:1: unexpected {{end}}'],
  ['{{$x}}', 'template: output:1: undefined variable "$x"'],
  [
    '{{.ports.name}}',
    'template: output:1:8: executing "output" at <.ports.name>: can\'t evaluate field name in type interface {}',
  ],
  [
    '{{index .ports 7}}',
    'template: output:1:2: executing "output" at <index .ports 7>: error calling index: index out of range: 7',
  ],
  [
    '{{eq .kind 1}}',
    'template: output:1:2: executing "output" at <eq .kind 1>: error calling eq: incompatible types for comparison: string and int',
  ],
];

describe('what a Go template is refused for', () => {
  it.each(refused)('%s', (template, message) => {
    expect(() => executeTemplate(parseGoTemplate(template), data, true)).toThrow(message);
  });
});
