"""The use cases: functions and small classes without Streamlit, each given the store it works on."""
