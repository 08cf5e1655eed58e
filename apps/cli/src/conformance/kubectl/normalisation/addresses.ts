import type { Rule } from './rule.ts';

const apiService = '10.96.0.1';
const firstNodePort = 30_000;
const lastNodePort = 32_767;

/** Rule 5: cluster IPs that were given out by chance; CIDRs stay. */
export const clusterIPs: Rule = (text, { clusterIPs: numbering, isLiteral }) =>
  text.replaceAll(/\b10\.96\.\d+\.\d+\b(?!\/)/g, (address) =>
    address === apiService || isLiteral(address) ? address : numbering.placeholder(address),
  );

/** Rule 6: which node a Pod came to, and what follows from it. */
export const placement: Rule = (text, { isLiteral }) =>
  text
    .replaceAll(/\bnode-[123]\b/g, (name) => (isLiteral(name) ? name : '<node>'))
    .replaceAll(/\b192\.168\.49\.[234]\b/g, '<nodeIP>')
    .replaceAll(/\b10\.244\.\d+\.\d+\b/g, (address) => (isLiteral(address) ? address : '<ip>'));

/** Rule 7. */
export const nodePorts: Rule = (text, { nodePorts: numbering, isLiteral }) =>
  text.replaceAll(/(?<![\w.#-])3[0-2]\d{3}(?![\w.-])/g, (port) => {
    const isNodePort = Number(port) >= firstNodePort && Number(port) <= lastNodePort;
    return isNodePort && !isLiteral(port) ? numbering.placeholder(port) : port;
  });
