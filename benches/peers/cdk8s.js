// The intents by cdk8s: node cdk8s.js HOW INTENTS > YAML, where HOW is one of the functions below.
"use strict";

const fs = require("fs");
const { ApiObject, App, Chart } = require("cdk8s");
const kplus = require("cdk8s-plus-32");

const [how, file] = process.argv.slice(2);
const intents = JSON.parse(fs.readFileSync(file, "utf8"));
const app = new App();
const chart = new Chart(app, "policies", { disableResourceNameHashes: true });

const WAYS = {
  // `connections.allowTo`, which wants the workloads themselves.
  allowTo() {
    const workloads = intents.pods.map(
      (pod) =>
        new kplus.Deployment(chart, `${pod.namespace}-${pod.name}`, {
          metadata: { name: pod.name, namespace: pod.namespace },
          containers: [{ image: "image", portNumber: pod.port }],
        }),
    );
    for (const [from, to] of intents.rules) workloads[from].connections.allowTo(workloads[to]);
  },

  // `NetworkPolicy`, one for each pod.
  networkPolicy() {
    const selected = intents.pods.map((pod, id) =>
      kplus.Pods.select(chart, `pods-${id}`, {
        labels: { app: pod.name },
        namespaces: kplus.Namespaces.select(chart, `namespaces-${id}`, { names: [pod.namespace] }),
      }),
    );
    const policies = intents.pods.map(
      (pod, id) =>
        new kplus.NetworkPolicy(chart, `policy-${id}`, {
          selector: selected[id],
          metadata: { name: pod.name, namespace: pod.namespace },
        }),
    );
    for (const [from, to] of intents.rules) {
      const ports = [kplus.NetworkPolicyPort.tcp(intents.pods[to].port)];
      policies[from].addEgressRule(selected[to], ports);
      policies[to].addIngressRule(selected[from], ports);
    }
  },

  // By hand, a policy for each half of a rule.
  aRule() {
    intents.rules.forEach(([from, to], id) => {
      policy(`egress-${id}`, intents.pods[from], { egress: [half("to", to, intents.pods[to].port)] });
      policy(`ingress-${id}`, intents.pods[to], { ingress: [half("from", from, intents.pods[to].port)] });
    });
  },

  // By hand, grouped by the pods that are selected.
  grouped() {
    const rules = intents.pods.map(() => ({ ingress: [], egress: [] }));
    for (const [from, to] of intents.rules) {
      rules[from].egress.push(half("to", to, intents.pods[to].port));
      rules[to].ingress.push(half("from", from, intents.pods[to].port));
    }
    rules.forEach(({ ingress, egress }, id) => {
      const spec = { ...(ingress.length && { ingress }), ...(egress.length && { egress }) };
      if (ingress.length + egress.length > 0) policy(intents.pods[id].name, intents.pods[id], spec);
    });
  },

  // Addresses with `NetworkPolicy`: one policy with a rule for each.
  addressesNetworkPolicy() {
    const all = kplus.Pods.all(chart, "all");
    const policy = new kplus.NetworkPolicy(chart, "team", { selector: all, metadata: { namespace: "team" } });
    intents.rules.forEach(([cidr, port], id) => {
      const block = kplus.NetworkPolicyIpBlock.ipv4(chart, `block-${id}`, cidr);
      policy.addEgressRule(block, [kplus.NetworkPolicyPort.tcp(port)]);
    });
  },

  // Addresses by hand, a policy for each rule.
  addressesARule() {
    intents.rules.forEach((rule, id) => anywhere(`egress-${id}`, [block(rule)]));
  },

  // Addresses by hand, in one policy.
  addressesGrouped() {
    anywhere("team", intents.rules.map(block));
  },
};

function half(side, id, port) {
  const { namespace, name } = intents.pods[id];
  const peer = {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    podSelector: { matchLabels: { app: name } },
  };
  return { [side]: [peer], ports: [{ protocol: "TCP", port }] };
}

function block([cidr, port]) {
  return { to: [{ ipBlock: { cidr } }], ports: [{ protocol: "TCP", port }] };
}

function anywhere(id, egress) {
  object(id, "team", { podSelector: {}, policyTypes: ["Egress"], egress });
}

function policy(id, pod, rules) {
  const policyTypes = [rules.ingress && "Ingress", rules.egress && "Egress"].filter(Boolean);
  object(id, pod.namespace, { podSelector: { matchLabels: { app: pod.name } }, policyTypes, ...rules });
}

function object(id, namespace, spec) {
  const metadata = { name: id, namespace };
  new ApiObject(chart, id, { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec });
}

WAYS[how]();
process.stdout.write(app.synthYaml());
