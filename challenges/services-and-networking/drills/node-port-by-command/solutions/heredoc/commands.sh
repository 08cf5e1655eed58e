kubectl apply -f - <<EOF
apiVersion: v1
kind: Service
metadata:
  name: ${app}-public
spec:
  type: NodePort
  selector:
    app: ${app}
  ports:
    - port: 80
      targetPort: ${listen}
      nodePort: ${nodePort}
EOF
