kubectl delete endpoints ${db}
cat > slice.yaml <<END
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  generateName: ${db}-
  labels:
    kubernetes.io/service-name: ${db}
    endpointslice.kubernetes.io/managed-by: admin.example
addressType: IPv4
ports:
  - { name: "", protocol: TCP, port: ${listen} }
endpoints:
  - { addresses: [${first}], conditions: { ready: true } }
END
kubectl create -f slice.yaml
