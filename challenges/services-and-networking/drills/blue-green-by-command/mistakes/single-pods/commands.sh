for pod in $(kubectl get pods -l version=green -o name); do kubectl label $pod version=blue --overwrite; done
