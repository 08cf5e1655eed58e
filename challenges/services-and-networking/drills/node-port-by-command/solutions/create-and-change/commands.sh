kubectl create service nodeport ${app}-public --tcp=80:${listen} --node-port=${nodePort} --dry-run=client -o yaml > public.yaml
sed -i 's/app: ${app}-public$/app: ${app}/' public.yaml
kubectl apply -f public.yaml
kubectl get endpointslices -l kubernetes.io/service-name=${app}-public
