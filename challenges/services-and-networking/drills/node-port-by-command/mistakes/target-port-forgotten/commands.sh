kubectl create service nodeport ${app}-public --tcp=80 --node-port=${nodePort} --dry-run=client -o yaml | sed 's/${app}-public$/${app}/; s/name: ${app}$/name: ${app}-public/' | kubectl apply -f -
