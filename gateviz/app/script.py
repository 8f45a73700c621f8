"""What Streamlit runs for each visitor.

Each worker process of the trainings imports this file too, because it is then the main module of the server's process.
So it imports the pages only where it is run.
"""

if __name__ == "__main__":
    from gateviz.app.main import main

    main()
