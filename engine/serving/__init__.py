"""The warm service: commands of this user that are run with networks already loaded.

    packshot cut …  ──socket, three streams──►  service ──► hatchery: forks a guest per command
      (client)  ◄──────────exit status──────────  guest  ◄──jobs, results──►  service ─► workers

The client is thin: it hands over its arguments, folder, environment and standard streams and waits
for a status. The guest is a fork of a process that has imported everything; it runs the command
as the client would have, on the client's own streams, but borrows the service's workers.
What cannot be served is run by the client itself, so that no outcome depends on a service.

Trust: the socket lies in a folder of mode 0700 and both ends compare the other's user id, so that
only processes of the same user talk to each other, who could as well start commands themselves.
Even so the socket carries nothing but JSON, and only the commands of a fixed list are run. Objects
are pickled only between the service and its own children, on a pipe that has no name.
"""
