cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata:
  name: ${api}
spec:
  selector:
    app: ${api}
  ports:
    - port: 80
      targetPort: ${listen}
EOF
