import type { Chain, Match, Rule, Target } from './rule.ts';

/** Rules as `iptables-save` prints them: `-s`, `-d`, `-p` first, then the other matches in order, then the target. */

export function printChain(chain: Chain): string[] {
  return chain.rules.map((rule) => printRule(chain.name, rule));
}

export function printRule(chain: string, rule: Rule): string {
  let head = `-A ${chain}`;
  let options = '';
  for (const side of ['source', 'destination'] as const) {
    for (const match of rule.matches) if (match.kind === side) head += printMatch(match);
  }
  for (const match of rule.matches) {
    if (match.kind === 'protocol') head += ` -p ${match.protocol}`;
    if (match.kind !== 'source' && match.kind !== 'destination') options += printMatch(match);
  }
  return head + options + printTarget(rule.target);
}

function printMatch(match: Match): string {
  switch (match.kind) {
    case 'source':
      return `${match.negated ? ' !' : ''} -s ${match.range.text}`;
    case 'destination':
      return `${match.negated ? ' !' : ''} -d ${match.range.text}`;
    case 'protocol':
      return ` -m ${match.protocol}${match.destinationPort === undefined ? '' : ` --dport ${match.destinationPort}`}`;
    case 'comment':
      return ` -m comment --comment "${match.text}"`;
    case 'statistic':
      return ` -m statistic --mode random --probability ${probability(match.oneIn)}`;
    case 'recentCheck':
      return ` -m recent --rcheck --seconds ${match.seconds} --reap${list(match.list)}`;
    case 'recentSet':
      return ` -m recent --set${list(match.list)}`;
    case 'localAddress':
      return ` -m addrtype${match.negated ? ' !' : ''} --${match.side === 'source' ? 'src' : 'dst'}-type LOCAL`;
    case 'conntrack':
      return ` -m conntrack${match.negated ? ' !' : ''} --ctstate ${match.states.join(',')}`;
    case 'mark':
      return ` -m mark${match.negated ? ' !' : ''} --mark 0x4000/0x4000`;
    case 'accounting':
      // Two blanks: the extension prints one of its own.
      return ` -m nfacct --nfacct-name  ${match.counter}`;
    case 'set':
      return ` -m set --match-set ${match.set.name} ${match.fields}`;
    case 'notBridged':
      return ' -m physdev ! --physdev-is-in';
    case 'virtualServer':
      return ` -m ipvs --vaddr ${match.address} --vproto ${match.protocol} --vport ${match.port}`;
  }
}

function list(name: string): string {
  return ` --name ${name} --mask 255.255.255.255 --rsource`;
}

/** kube-proxy writes ten decimals; the kernel keeps 31 bits of them and the tool prints eleven decimals of that. */
function probability(oneIn: number): string {
  const written = Number((1 / oneIn).toFixed(10));
  return (Math.round(written * 0x80000000) / 0x80000000).toFixed(11);
}

function printTarget(target: Target): string {
  switch (target.kind) {
    case 'jump':
      return ` -j ${target.chain.name}`;
    case 'setMark':
      return ' -j MARK --set-xmark 0x4000/0x4000';
    case 'clearMark':
      return ' -j MARK --set-xmark 0x4000/0x0';
    case 'masquerade':
      return ' -j MASQUERADE --random-fully';
    case 'reject':
      return ' -j REJECT --reject-with icmp-port-unreachable';
    case 'drop':
      return ' -j DROP';
    case 'accept':
      return ' -j ACCEPT';
    case 'return':
      return ' -j RETURN';
    case 'none':
      return '';
    case 'dnat':
      return ` -j DNAT --to-destination ${target.address}:${target.port}`;
  }
}
