kubectl apply -f - <<EOF
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  type: ExternalName
  externalName: api.${company}.example
EOF
