# The same commands for those who like make; everything is in tasks.py.
.PHONY: run test check lock
run test check lock:
	@python3 tasks.py $@
