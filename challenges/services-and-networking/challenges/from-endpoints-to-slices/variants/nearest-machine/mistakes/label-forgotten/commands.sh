kubectl apply -f - <<END
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ${db}-outside
addressType: IPv4
ports:
  - port: ${listen}
endpoints:
  - addresses: [${first}]
    hints: { forZones: [{ name: east }] }
  - addresses: [${second}]
    hints: { forZones: [{ name: west }] }
END
kubectl delete endpoints ${db}
