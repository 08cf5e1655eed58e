kubectl delete endpoints ${db}
kubectl create -f - <<END
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: machines
  labels: { kubernetes.io/service-name: ${db} }
addressType: IPv4
ports:
  - { name: admin, port: ${admin} }
  - { name: sql, port: ${listen} }
endpoints:
  - addresses: [${second}]
    hostname: second
    conditions: { ready: false, serving: false, terminating: false }
  - addresses: [${first}]
    hostname: first
    conditions: { ready: true }
END
